import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { isoTime } from '#domain/clock.ts';
import { factsOf } from '#domain/memo/content.ts';
import { createMemo } from '#domain/memo/createMemo.ts';
import { cursorOf } from '#domain/memo/cursor.ts';
import { emptyTrash } from '#domain/memo/emptyTrash.ts';
import { listMemos } from '#domain/memo/listMemos.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { memoIdOf } from '#domain/memo/memoId.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { restoreMemo } from '#domain/memo/restoreMemo.ts';
import { setTaskDone } from '#domain/memo/setTaskDone.ts';
import { trashMemo } from '#domain/memo/trashMemo.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { toMemoItem } from '#table/memo/memoItem.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useMeter } from '#tests/support/capacity.ts';
import { useTable } from '#tests/support/engine.ts';
import { memosOn, NOW, someUlid, someViewer, type TestMemos } from '#tests/support/memos.ts';

/** Without its stream, whose history would slow the engine's writes down to a third; it costs no units. */
const table = useTable({ ...MEMO_TABLE, streamed: false });
const { table: metered, measure: unitsOf } = useMeter(table);
let ports: TestMemos;
beforeAll(() => {
  ports = memosOn(metered);
});

/** 10,000 memos take a few seconds on two busy cores. */
const LOADED_WITHIN_MS = 60_000;
const TITLE = '제주도 여행 계획과 준비물';
const BODY = `- [ ] 항공권 예약 확인하기\n- [x] 숙소 예약\n${'바람이 많이 부니 겉옷을 챙긴다. '.repeat(6)}`;

/** An ordinary memo in Korean, with tags, tasks and a colour, made at the time in its ulid. */
function ordinaryMemo(padId: string, epochMs: number, given: Partial<Memo> = {}): Memo {
  const ulid = createUlid(epochMs, ports.randomBytes);
  return {
    id: memoIdOf({ padId, ulid }),
    ...{ padId, ulid, title: TITLE, body: BODY, ...factsOf(BODY) },
    ...{ tags: ['여행', '가족'], color: 'GREEN', pinned: false, state: 'ACTIVE', trashedAt: null },
    ...{ version: 1, createdAt: isoTime(epochMs), updatedAt: isoTime(epochMs) },
    ...{ authorId: padId, lastEditorId: padId },
    ...given,
  };
}

async function load(memos: readonly Memo[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(memos.length / 25) }, (_, index) =>
    memos.slice(index * 25, index * 25 + 25),
  ).values();
  const worker = async () => {
    for (const batch of batches) {
      const puts = batch.map((memo) => ({ PutRequest: { Item: toMemoItem(memo) } }));
      const request = { RequestItems: { [table.tableName]: puts } };
      await table.dynamoDb.send(new BatchWriteItemCommand(request));
    }
  };
  await Promise.all([worker(), worker()]);
}

describe.each([10, 10_000])('in a pad of %i memos', (size) => {
  const viewer = someViewer();
  beforeAll(async () => {
    const ages = Array.from({ length: size }, (_, index) => index * 60_000);
    await load(ages.map((age) => ordinaryMemo(viewer.userId, NOW - age)));
  }, LOADED_WITHIN_MS);

  const someMemo = async (): Promise<Memo> => {
    const memo = await createMemo(ports, viewer, { title: TITLE, body: BODY });
    ports.pass(1);
    return memo;
  };

  test('making a memo costs 2 write units', async () => {
    const given = { title: TITLE, body: BODY, tags: ['여행'], color: 'GREEN' } as const;
    const units = await unitsOf(() => createMemo(ports, viewer, given));
    expect(units).toEqual({ read: 0, write: 2 });
  });

  test('reading a memo costs 1 read unit', async () => {
    const { id } = await someMemo();
    expect(await unitsOf(() => readMemo(ports, viewer, id))).toEqual({ read: 1, write: 0 });
  });

  test('every change of a memo costs 1 read and 3 write units, one that changes nothing no write', async () => {
    const { id } = await someMemo();
    const tick = { memoId: id, index: 0, done: true, expectedVersion: 2 };
    const changes = [
      () => updateMemo(ports, viewer, { id, title: '부산' }),
      () => setTaskDone(ports, viewer, tick),
      () => trashMemo(ports, viewer, id),
      () => restoreMemo(ports, viewer, id),
    ];
    for (const change of changes) {
      ports.pass(1);
      expect(await unitsOf(change)).toEqual({ read: 1, write: 3 });
    }
    const nothing = () => updateMemo(ports, viewer, { id, title: '부산' });
    expect(await unitsOf(nothing)).toEqual({ read: 1, write: 0 });
  });

  test('purging a memo costs 2 write units and no read', async () => {
    const { id } = await someMemo();
    expect(await unitsOf(() => purgeMemo(ports, viewer, id))).toEqual({ read: 0, write: 2 });
  });

  test('emptying the trash costs 2 write units a memo', async () => {
    for (const _ of Array(3)) await trashMemo(ports, viewer, (await someMemo()).id);
    const units = await unitsOf(() => emptyTrash(ports, viewer));
    expect(units.write).toBe(6);
    expect(units.read).toBeLessThanOrEqual(2);
  });

  test('a list of 20 costs at most 2 read units, its last page too', async () => {
    const oldestButEight = isoTime(NOW - (size - 8.5) * 60_000);
    const place = { state: 'ACTIVE', pinned: false, updatedAt: oldestButEight } as const;
    for (const after of [null, cursorOf(viewer.userId, { ...place, ulid: someUlid() })]) {
      const list = () => listMemos(ports, viewer, { after });
      const { read } = await unitsOf(list);
      // Nor is it less: half of it would be a read that is not strongly consistent.
      expect(read).toBe(after === null ? 2 : 1);
      expect((await list()).edges.length).toBeGreaterThanOrEqual(8);
    }
  });

  test('a filter looks at 100 summaries for at most 10 read units', async () => {
    const filter = { tags: ['없음'] };
    const units = await unitsOf(() => listMemos(ports, viewer, { filter }));
    expect(units.read).toBeLessThanOrEqual(10);
  });

  test('a page with bodies costs 1 read unit a memo more', async () => {
    const list = (withBodies: boolean) =>
      unitsOf(() => listMemos(ports, viewer, { first: 5 }, { withBodies }));
    const [without, withBodies] = [await list(false), await list(true)];
    expect(withBodies.read).toBe(without.read + 5);
  });
});

describe('a list of 20 ordinary memos costs at most 2 read units', () => {
  const cost = async (padId: string, viewer: Viewer, given: Partial<Memo>) => {
    const ages = Array.from({ length: 25 }, (_, index) => index * 1000);
    await load(ages.map((age) => ordinaryMemo(padId, NOW - age, given)));
    return (await unitsOf(() => listMemos(ports, viewer, { padId }))).read;
  };

  test.each<[string, Partial<Memo>]>([
    ['in Korean with tags, tasks and a colour', {}],
    ['pinned', { pinned: true }],
    ['brought from elsewhere', { createdAt: '2020-05-05T05:05:05.555Z', color: 'DEFAULT' }],
    [
      'in English',
      {
        title: 'Plans for the trip to Jeju island in May',
        tags: ['travel', 'family'],
        ...factsOf('The quick brown fox jumps over the lazy dog. '.repeat(20)),
      },
    ],
  ])('%s', async (_, given) => {
    const viewer = someViewer();
    expect(await cost(viewer.userId, viewer, given)).toBeLessThanOrEqual(2);
  });

  test('in a shared pad, beside the membership', async () => {
    const [viewer, padId] = [someViewer(), someUlid()];
    ports.setRole(padId, viewer, 'VIEWER');
    const given = {
      authorId: viewer.userId,
      lastEditorId: viewer.userId,
      color: 'DEFAULT',
    } as const;
    expect(await cost(padId, viewer, given)).toBeLessThanOrEqual(2);
  });
});
