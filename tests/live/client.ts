import { expect } from '@jest/globals';
import type { Socket } from '#live/socket/createSocket.ts';
import type { SocketAnswer } from '#live/socket/event.ts';
import type { Frame } from './connections.ts';
import type { LiveScene } from './openScene.ts';
import type { TestPerson } from './people.ts';

let connectionCount = 0;

/** A client's end: it speaks and remembers what it hears. */
export interface TestClient {
  readonly connectionId: string;
  /** What has arrived: what was posted, and what routes answered. */
  heard(): Frame[];
  send(message: object | string): Promise<SocketAnswer>;
}

export function connectClient(scene: LiveScene, socket: Socket = scene.socket): TestClient {
  connectionCount += 1;
  const connectionId = `C${connectionCount}=`;
  const send = async (message: object | string): Promise<SocketAnswer> => {
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    const type = typeof message === 'string' ? '$default' : (message as { type: string }).type;
    const routeKey = ROUTES.includes(type) ? type : '$default';
    const answer = await socket({ requestContext: { routeKey, connectionId }, body });
    const isThere = !scene.connections.closed.includes(connectionId);
    if (answer.body && ANSWERING.includes(routeKey) && isThere) {
      scene.connections.frames(connectionId).push(JSON.parse(answer.body));
    }
    return answer;
  };
  return { connectionId, send, heard: () => scene.connections.frames(connectionId) };
}

const ROUTES = ['connection_init', 'subscribe', 'complete', 'ping', 'pong'];
/** As infra/ has it: the others are one-way. */
const ANSWERING = ['connection_init', 'ping', '$default'];

/** A client that was acknowledged. */
export async function initialisedClient(
  scene: LiveScene,
  { authorization }: TestPerson,
  socket?: Socket,
): Promise<TestClient> {
  const client = connectClient(scene, socket);
  await client.send({ type: 'connection_init', payload: { authorization } });
  return client;
}

export const WATCH = `subscription ($padId: ID!, $since: String) {
  memoChanges(padId: $padId, since: $since) {
    padId from to caughtUp reset
    changes { seq kind memoId version truncated memo { title body author { displayName } } }
  }
}`;

export async function watch(
  client: TestClient,
  variables: { padId: string; since?: string | null },
  query = WATCH,
  id = 'watch',
): Promise<void> {
  await client.send({ type: 'subscribe', id, payload: { query, variables } });
}

/** What `next` brought, one batch each, from the first frame of an operation on. */
export function batchesOf(client: TestClient, id = 'watch'): Batch[] {
  return client
    .heard()
    .filter((frame) => frame.type === 'next' && frame.id === id)
    .map(({ payload }) => (payload as { data: { memoChanges: Batch } }).data?.memoChanges);
}

/** The numbers of all changes a client was sent, in order; fails when batches don't join. */
export function seqsOf(client: TestClient): number[] {
  const batches = batchesOf(client);
  for (const [index, { from }] of batches.entries()) {
    if (index > 0) expect(from).toBe(batches[index - 1]?.to);
  }
  return batches.flatMap(({ changes }) => changes.map(({ seq }) => seq));
}

export interface Batch {
  readonly padId: string;
  readonly from: string;
  readonly to: string;
  readonly caughtUp: boolean;
  readonly reset: boolean;
  readonly changes: readonly {
    readonly seq: number;
    readonly kind: string;
    readonly memoId: string | null;
    readonly truncated: boolean;
    readonly memo: { readonly title: string; readonly body: string; author: object } | null;
  }[];
}
