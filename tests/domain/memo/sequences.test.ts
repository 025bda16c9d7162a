import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MemopadError } from '#domain/errors.ts';
import { createMemo } from '#domain/memo/createMemo.ts';
import { emptyTrash } from '#domain/memo/emptyTrash.ts';
import { listMemos } from '#domain/memo/listMemos.ts';
import type { Memo, MemoContent } from '#domain/memo/memo.ts';
import { memoIdOf } from '#domain/memo/memoId.ts';
import type { MemoPage } from '#domain/memo/page.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { restoreMemo } from '#domain/memo/restoreMemo.ts';
import { trashMemo } from '#domain/memo/trashMemo.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';
import { aColor, aState, aTag, aText, aTitle } from '#tests/support/memoArbitraries.ts';
import { type Action, MemoModel, type ModelMemo, type Outcome } from '#tests/support/memoModel.ts';
import { memosOn, NOW, someViewer, type TestMemos } from '#tests/support/memos.ts';

const table = useTable(MEMO_TABLE);
let ports: TestMemos;
let now = NOW;
beforeAll(() => {
  ports = { ...memosOn(table), clock: () => now };
});

const aContent: fc.Arbitrary<Partial<MemoContent>> = fc.record(
  {
    title: aTitle,
    body: aText,
    tags: fc.uniqueArray(aTag, { maxLength: 3 }),
    color: aColor,
    pinned: fc.boolean(),
    state: aState,
  },
  { requiredKeys: [] },
);
const slot = fc.nat(5);
const behind = fc.constantFrom(null, null, 0, 1, -1);
const anAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('create'), slot, content: aContent }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('update'), slot, content: aContent, behind }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('trash', 'restore', 'purge', 'read'), slot }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('emptyTrash') }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait'), days: fc.constantFrom(0, 0, 10, 30) }),
  },
);

const ulidOf = (slotNumber: number) => `01KG9P6JE0000000000000000${slotNumber}`;

/** Does for real what the model does; a version behind is one that has passed. */
async function run(viewer: Viewer, action: Action, model: MemoModel): Promise<Outcome> {
  if (action.do === 'wait') return null;
  if (action.do === 'emptyTrash') return emptyTrash(ports, viewer);
  const ulid = ulidOf(action.slot);
  const id = memoIdOf({ padId: viewer.userId, ulid });
  const memo = model.run({ do: 'read', slot: action.slot });
  const version = memo !== null && typeof memo === 'object' ? memo.version : 1;
  switch (action.do) {
    case 'create':
      return seen(await createMemo(ports, viewer, { title: 'new', ...action.content, ulid }));
    case 'update': {
      const expectedVersion = action.behind === null ? null : version - action.behind;
      return seen(await updateMemo(ports, viewer, { id, expectedVersion, ...action.content }));
    }
    case 'purge':
      return (await purgeMemo(ports, viewer, id)) ? null : 'not purged';
    default:
      return seen(
        await { read: readMemo, trash: trashMemo, restore: restoreMemo }[action.do](
          ports,
          viewer,
          id,
        ),
      );
  }
}

function seen({ title, body, tags, color, pinned, state, ...rest }: Memo): ModelMemo {
  const { version, updatedAt, trashedAt } = rest;
  return { title, body, tags, color, pinned, state, version, updatedAt, trashedAt };
}

async function walk(viewer: Viewer, first: number, state: MemoContent['state']) {
  const memos: [number, ModelMemo][] = [];
  for (let after: string | null = null, goesOn = true; goesOn; ) {
    const request = { first, after, filter: { state } };
    const page: MemoPage<Memo> = await listMemos(ports, viewer, request, { withBodies: true });
    memos.push(
      ...page.edges.map(
        ({ memo }) => [Number(memo.ulid.at(-1)), seen(memo)] as [number, ModelMemo],
      ),
    );
    goesOn = page.hasNextPage;
    after = page.endCursor;
  }
  return memos;
}

test(
  'whatever is done in whatever order, memos do what a simple model of them does',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anAction, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        async (actions, first) => {
          const viewer = someViewer();
          const model = new MemoModel(now);
          for (const action of actions) {
            const outcome = run(viewer, action, model).catch((error: unknown) => {
              if (error instanceof MemopadError) return error.code;
              throw error;
            });
            const [real, expected] = [await outcome, model.run(action)];
            expect(real).toEqual(expected);
            model.now += 1;
            now = model.now;
          }
          for (const state of ['ACTIVE', 'ARCHIVED', 'TRASHED'] as const) {
            expect(await walk(viewer, first, state)).toEqual(model.list(state));
          }
        },
      ),
      { numRuns: 60 },
    );
  },
  30 * 1000,
);
