import { WebSocket } from 'ws';
import { waitFor } from '#tests/support/waitFor.ts';

export type Message = Readonly<Record<string, unknown>> & { readonly type: string };

/** A raw client of the real-time endpoint. */
export interface TestSocket {
  /** All but `ka`. */
  readonly received: Message[];
  readonly beats: () => number;
  send(message: object | string): void;
  /** The next message that hasn't been looked at. */
  next(): Promise<Message>;
  /** Resolves with the code when the server closes. */
  readonly closed: Promise<number>;
  close(): void;
  /** Reads no more. */
  pause(): void;
}

export async function openSocket(
  url: string,
  { headers, carrier = 'subprotocol' }: { headers: object; carrier?: 'subprotocol' | 'query' },
): Promise<TestSocket> {
  const json = JSON.stringify(headers);
  const query = `?header=${encodeURIComponent(Buffer.from(json).toString('base64'))}&payload=e30=`;
  const socket =
    carrier === 'query'
      ? new WebSocket(`${url}${query}`, 'graphql-ws')
      : new WebSocket(url, ['graphql-ws', `header-${Buffer.from(json).toString('base64url')}`]);
  const received: Message[] = [];
  let beats = 0;
  let looked = 0;
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    if (message.type === 'ka') beats += 1;
    else received.push(message);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return {
    received,
    beats: () => beats,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next() {
      await waitFor('a message', () => received.length > looked);
      looked += 1;
      return received[looked - 1] as Message;
    },
    closed,
    close: () => socket.close(),
    pause: () => socket.pause(),
  };
}

/** A `start` as clients send it. */
export const start = (
  id: string,
  query: string,
  authorization: object,
  variables: Record<string, unknown> = {},
) => ({
  id,
  type: 'start',
  payload: { data: JSON.stringify({ query, variables }), extensions: { authorization } },
});
