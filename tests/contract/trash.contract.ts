import { describe, expect, test } from '@jest/globals';
import {
  createMemo,
  emptyTrash,
  listMemos,
  PURGE_MEMO,
  purgeMemo,
  READ_MEMO,
  RESTORE_MEMO,
  readMemo,
  restoreMemo,
  TRASH_MEMO,
  trashMemo,
  UPDATE_MEMO,
  updateMemo,
} from './memos.ts';
import { givenSharedPad } from './pads.ts';
import { type Person, signIn } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const DAY_MS = 24 * 60 * 60_000;
const ULID = '01JZZZZZZZZZZZZZZZZZZZZZZZ';
const FULL = {
  body: '# Heading\n\n- [x] one\n- [ ] two\n',
  tags: ['work', 'home'],
  color: 'TEAL',
  pinned: true,
};

/** How memos are thrown away, brought back and gone for good. */
export function trashContract(stage: Stage): void {
  describe('the trash', () => {
    test('takes a memo and gives it back', async () => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina, FULL);
      const trashed = await trashMemo(mina, memo.id);
      expect(trashed).toMatchObject({ state: 'TRASHED', version: 2, trashedAt: trashed.updatedAt });
      const restored = await restoreMemo(mina, memo.id);
      const { updatedAt } = restored;
      expect(restored).toEqual({ ...memo, version: 3, updatedAt });
    });

    test('takes a memo whose state is changed to TRASHED as well', async () => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina);
      const trashed = await updateMemo(mina, { id, state: 'TRASHED' });
      expect(trashed.trashedAt).toBe(trashed.updatedAt);
      expect(await updateMemo(mina, { id, state: 'ARCHIVED' })).toMatchObject({ trashedAt: null });
    });

    test('keeps a memo that is there already as it is', async () => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina);
      expect(await trashMemo(mina, id)).toEqual(await trashMemo(mina, id));
    });

    test('gives back only what it has: an archived memo stays archived', async () => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina);
      const archived = await updateMemo(mina, { id, state: 'ARCHIVED' });
      expect(await restoreMemo(mina, id)).toEqual(archived);
    });

    test('is purged of what has been in it for 30 days', async () => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina);
      await trashMemo(mina, id);
      const afterDays = (days: number, check: (then: Person) => Promise<unknown>) =>
        stage.door.later(days * DAY_MS, async () => check(await signIn(stage.door, mina)));
      await afterDays(29.9, async (then) =>
        expect((await readMemo(then, id)).state).toBe('TRASHED'),
      );
      await afterDays(30.1, async (then) => {
        await expectRefusal(then.attempt(READ_MEMO, { id }), 'NOT_FOUND', /memo/);
        await expectRefusal(then.attempt(RESTORE_MEMO, { id }), 'NOT_FOUND', /memo/);
        const { nodes } = await listMemos(then, { filter: { state: 'TRASHED' }, first: 100 });
        expect(nodes.map((node) => node.id)).not.toContain(id);
      });
    });

    test('is emptied of what is in it, and of nothing else', async () => {
      const mina = await stage.person('Mina');
      const { id: padId } = await givenSharedPad(mina);
      const memos = await Promise.all([1, 2, 3].map(() => createMemo(mina, { padId })));
      const [kept, ...thrown] = memos.map(({ id }) => id);
      for (const id of thrown) await trashMemo(mina, id);
      expect(await emptyTrash(mina, padId)).toBe(2);
      expect(await emptyTrash(mina, padId)).toBe(0);
      expect((await readMemo(mina, kept!)).state).toBe('ACTIVE');
      for (const id of thrown) await expectRefusal(mina.attempt(READ_MEMO, { id }), 'NOT_FOUND');
    });
  });

  describe('a memo that is gone', () => {
    const operations: [string, string, object][] = [
      ['read', READ_MEMO, {}],
      ['changed', UPDATE_MEMO, { title: 'Back?' }],
      ['trashed', TRASH_MEMO, {}],
      ['restored', RESTORE_MEMO, {}],
      ['purged', PURGE_MEMO, {}],
    ];
    test.each(operations)('can’t be %s: it was purged', async (_, document, change) => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina);
      expect(await purgeMemo(mina, id)).toBe(true);
      const attempt = mina.attempt(document, { id, input: { id, ...change } });
      await expectRefusal(attempt, 'NOT_FOUND', /memo/);
    });

    test.each(operations)('can’t be %s: it never was', async (_, document, change) => {
      const mina = await stage.person('Mina');
      const ids = [
        '',
        '.',
        mina.id,
        `${mina.id}.`,
        `${mina.id}.${ULID.replace('J', 'H')}`,
        'x.y.z',
      ];
      for (const id of ids) {
        const attempt = mina.attempt(document, { id, input: { id, ...change } });
        await expectRefusal(attempt, 'NOT_FOUND', /memo|pad/);
      }
    });
  });
}
