import { describe, expect, test } from '@jest/globals';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { createTable } from '#local/createTable.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { createMemoStore } from '#table/memo/memoStore.ts';
import { LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';
import { someUlid } from '#tests/support/memos.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { createClient } from './chaos/client.ts';
import { createDice } from './chaos/dice.ts';
import { createService } from './chaos/service.ts';
import { createSockets } from './chaos/sockets.ts';
import { followStream } from './chaos/stream.ts';
import { memoOf } from './records.ts';

const memoTable = useTable(MEMO_TABLE);
let tables = 0;

const PADS = 3;
const CLIENTS = 15;
const MEMOS = 5;
const MUTATIONS = 300;
const WITHIN_MS = 60_000;

async function play(seed: number) {
  const dice = createDice(seed);
  const counts = { gaps: 0, resumes: 0, doubles: 0 };
  tables += 1;
  const table = { dynamoDb: memoTable.dynamoDb, tableName: `live${tables}` };
  await createTable(table.dynamoDb, table.tableName, LIVE_TABLE);
  const sockets = createSockets(dice);
  const service = createService({ table, dice, sockets });
  const { endpoint, tableName } = memoTable;
  const stream = await followStream({
    endpoint,
    tableName,
    dice,
    newInstance: service.newInstance,
  });
  const pads = Array.from({ length: PADS }, someUlid);
  const someClient = (index: number) =>
    createClient({
      ...{ padId: pads[index % PADS]!, dice, sockets, subscribe: service.subscribe },
      count: (what) => {
        counts[what] += 1;
      },
    });
  const clients = Array.from({ length: CLIENTS }, (_, index) => someClient(index));
  const kills = setInterval(() => clients[Math.floor(dice.next() * CLIENTS)]?.kill(), 15);
  const pings = setInterval(() => {
    for (const client of clients) void service.headOf(client.padId).then(client.compare);
  }, 100);
  await mutate(pads, () => dice.next());
  clearInterval(kills);
  dice.calm();
  await waitFor(
    'the stream to be read',
    async () => {
      await Promise.all(pads.map((padId) => service.drain(padId)));
      const heads = await Promise.all(pads.map((padId) => service.headOf(padId)));
      const known = heads.reduce((sum, head) => sum + head, 0);
      return (
        stream.isIdle() &&
        known >= MUTATIONS &&
        clients.every((client) => client.cursor === heads[pads.indexOf(client.padId)])
      );
    },
    WITHIN_MS,
  ).catch(() => undefined);
  clearInterval(pings);
  for (const client of clients) client.stop();
  await stream.stop();
  const log = createChangeLog(table);
  const logs = new Map<string, readonly LoggedChange[]>();
  for (const padId of pads) logs.set(padId, await log.read(padId, 0, 10_000));
  return { counts, logs, clients };
}

/** Writes memos, one version after another, some pads at a time. */
async function mutate(pads: readonly string[], random: () => number): Promise<void> {
  const store = createMemoStore(memoTable);
  const versions = new Map<string, number>();
  const memos = pads.flatMap((padId) => Array.from({ length: MEMOS }, () => memoOf(padId)));
  let left = MUTATIONS;
  const writer = async (mine: typeof memos): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const memo = mine[Math.floor(random() * mine.length)]!;
      const version = versions.get(memo.id) ?? 0;
      versions.set(memo.id, version + 1);
      if (version === 0) await store.create(memo);
      else await store.replace({ ...memo, version: version + 1 }, version);
      await new Promise((resolve) => setTimeout(resolve, random() * 6));
    }
  };
  await Promise.all([0, 1, 2].map((at) => writer(memos.filter((_, index) => index % 3 === at))));
}

/** How often a list of changes is not what comes next: by number, and by each memo's version. */
function disorderIn(changes: readonly LoggedChange[]): number {
  const versions = new Map<string | null, number>();
  return changes.filter(({ seq, memoId, version }, index) => {
    const isNext = seq === index + 1 && version === (versions.get(memoId) ?? 0) + 1;
    versions.set(memoId, version);
    return !isNext;
  }).length;
}

describe('under all that can go wrong', () => {
  test.each([1, 2, 3])(
    'seed %i: every client sees every change, once and in order',
    async (seed) => {
      const { counts, logs, clients } = await play(seed);
      const total = [...logs.values()].reduce((sum, log) => sum + log.length, 0);
      expect(total).toBe(MUTATIONS);
      for (const log of logs.values()) expect(disorderIn(log)).toBe(0);
      for (const { padId, seen } of clients) {
        expect(seen.map(({ seq }) => seq)).toEqual(logs.get(padId)!.map(({ seq }) => seq));
        expect(disorderIn(seen)).toBe(0);
      }
      // There was trouble, and clients had to come back.
      expect(counts.resumes).toBeGreaterThan(0);
      expect(counts.doubles).toBeGreaterThan(0);
    },
    WITHIN_MS,
  );
});
