/**
 * AppSync's real-time protocol, as far as this client speaks it:
 * https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */

/** The smallest WebSocket that it takes. */
export interface SocketLike {
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  onerror: unknown;
  send(text: string): void;
  close(code?: number): void;
}

export type SocketImpl = new (url: string, protocols: string[]) => SocketLike;

/** What comes. */
export interface Message {
  readonly type:
    | 'connection_ack'
    | 'connection_error'
    | 'ka'
    | 'start_ack'
    | 'data'
    | 'error'
    | 'complete';
  readonly id?: string;
  readonly payload?: {
    readonly connectionTimeoutMs?: number;
    readonly data?: Record<string, unknown> | null;
    readonly errors?: unknown;
  };
}

export const INIT = '{"type":"connection_init"}';

/** What every connection and every subscription is authorized with. `host` is the API's own, not that of the socket. */
export interface Authorization {
  readonly host: string;
  readonly Authorization: string;
}

export function writeStart(
  id: string,
  operation: { readonly query: string; readonly variables: object },
  authorization: Authorization,
): string {
  const payload = { data: JSON.stringify(operation), extensions: { authorization } };
  return JSON.stringify({ id, type: 'start', payload });
}

export function writeStop(id: string): string {
  return JSON.stringify({ id, type: 'stop' });
}

/** The token goes into a subprotocol's name: addresses end up in logs. */
export function protocolsOf(authorization: Authorization): string[] {
  const header = btoa(JSON.stringify(authorization));
  return [
    'graphql-ws',
    `header-${header.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`,
  ];
}

/** Undefined for what isn't a message. */
export function readMessage(text: unknown): Message | undefined {
  try {
    return Object(JSON.parse(String(text))) as Message;
  } catch {
    return undefined;
  }
}

/** Where the socket of an API is: on AWS a host of its own, elsewhere (also under a domain of one's own) a path. */
export function realtimeUrlOf(url: string): string {
  const socketUrl = url.replace(/^http/, 'ws');
  return socketUrl.includes('.appsync-api.')
    ? socketUrl.replace('.appsync-api.', '.appsync-realtime-api.')
    : `${socketUrl.replace(/\/$/, '')}/realtime`;
}
