import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { NO_FAULTS } from '#local/cloud/faults.ts';
import { type ChaosCloud, startChaosCloud } from '#tests/chaos/cloud.ts';
import { gather, type People } from '#tests/chaos/people.ts';
import { countRows } from '#tests/chaos/rows.ts';
import { runChaos } from '#tests/chaos/run.ts';
import { Watcher } from '#tests/chaos/watcher.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { countConnections } from './refusedClient.ts';

/** What is measured over real sockets of the templates, beside time. */
export interface OverSockets {
  /** Watchers that were told while one of them was dead. */
  readonly told: number;
  /** Rows of the dead one that are left after the first change. */
  readonly rowsLeft: number;
  /** Connections of a refused client. */
  readonly refused: number;
  /** Of so many mutations made strictly after `caughtUp`, those delivered. */
  readonly delivered: number;
}

export const OTHERS = 19;
const ROWS_EACH = 3;
const CREATE = 'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }';

export async function measureOverSockets(
  mutations: number,
  refusedForMs: number,
): Promise<OverSockets> {
  const folder = await mkdtemp(join(tmpdir(), 'memopad-bench-'));
  const mix = { ...NO_FAULTS, disconnectDropped: 1 };
  const cloud = await startChaosCloud({ folder, seed: 1, mix });
  try {
    const people = await gather(cloud.places().graphql, 1, 1);
    const dead = await measureDeadConnection(cloud, people);
    const refused = await countConnections(cloud.places().socket, refusedForMs);
    return { ...dead, refused, delivered: await countDelivered(mutations) };
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One of twenty is gone, and nobody was told. */
async function measureDeadConnection(cloud: ChaosCloud, { sessions, padIds }: People) {
  const [session, padId] = [sessions[0], padIds[0]];
  if (!session || !padId) throw new Error('Expected somebody with a pad.');
  const { socket, engine } = cloud.places();
  const watchers = Array.from(
    { length: OTHERS },
    () => new Watcher({ url: () => socket, session, padId }),
  );
  const dead = await watchOnce(socket, await session.accessToken(), padId);
  await waitFor('being live', () => watchers.every(({ isCaughtUp }) => isCaughtUp));
  // From now on ends of connections are told to nobody.
  await cloud.calm(false);
  dead.terminate();
  await session.api(CREATE, { input: { padId, title: 'after the end of one' } });
  const told = () => watchers.filter(({ seen }) => seen.length > 0).length;
  await waitFor('the others to be told', () => told() === OTHERS);
  await waitFor('the rows to go', async () => (await countRows(engine)) === OTHERS * ROWS_EACH);
  const rowsLeft = (await countRows(engine)) - OTHERS * ROWS_EACH;
  await cloud.calm(true);
  for (const watcher of watchers) watcher.stop();
  return { told: told(), rowsLeft };
}

/** A subscription by hand: it doesn't come back. */
async function watchOnce(url: string, token: string, padId: string): Promise<WebSocket> {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  const say = (message: object) => socket.send(JSON.stringify(message));
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () =>
      say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }),
    );
    socket.on('message', (text) => {
      const { type } = JSON.parse(String(text));
      const query = `subscription { memoChanges(padId: "${padId}") { to } }`;
      if (type === 'connection_ack') say({ type: 'subscribe', id: '1', payload: { query } });
      if (type === 'next') resolve();
    });
  });
  return socket;
}

async function countDelivered(mutations: number): Promise<number> {
  const options = { seed: 1, mutations, clients: 2, pads: 2, breakEveryMs: 0, mix: NO_FAULTS };
  const { unlogged } = await runChaos(options);
  return mutations - unlogged;
}
