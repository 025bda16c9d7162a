import { describe, expect, test } from '@jest/globals';
import {
  CREATE_MEMO,
  createMemo,
  emptyTrash,
  listMemos,
  type MemoView,
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

/** One memo's life: made, changed, put away, thrown away and gone. */
export function memosContract(stage: Stage): void {
  describe('making a memo', () => {
    test('fills what is left out, in the viewer’s personal pad', async () => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina, { title: 'Only a title' });
      expect(memo).toEqual({
        id: expect.any(String),
        pad: { id: mina.id },
        title: 'Only a title',
        body: '',
        excerpt: '',
        tasks: [],
        taskCount: 0,
        doneTaskCount: 0,
        tags: [],
        color: 'DEFAULT',
        pinned: false,
        state: 'ACTIVE',
        trashedAt: null,
        version: 1,
        createdAt: memo.updatedAt,
        updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        author: { id: mina.id },
        lastEditor: { id: mina.id },
      });
    });

    test('keeps what is given, and reads back the same', async () => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina, { title: 'Everything', ...FULL });
      expect(memo).toMatchObject({ ...FULL, taskCount: 2, doneTaskCount: 1 });
      expect(memo.excerpt).toContain('Heading');
      expect(await readMemo(mina, memo.id)).toEqual(memo);
    });

    test('keeps the time of a memo brought from elsewhere, in UTC', async () => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina, { createdAt: '2001-02-03T09:30:00+09:00' });
      expect(memo.createdAt).toBe('2001-02-03T00:30:00.000Z');
      expect(memo.updatedAt > '2020').toBe(true);
    });

    test('gives memos of one moment different ids', async () => {
      const mina = await stage.person('Mina');
      const memos = await Promise.all([1, 2, 3, 4].map(() => createMemo(mina)));
      expect(new Set(memos.map(({ id }) => id)).size).toBe(4);
    });

    test.each<[string, object, RegExp]>([
      ['an empty title', { title: '' }, /title/i],
      ['a title of 201 characters', { title: 't'.repeat(201) }, /200/],
      ['a title of two lines', { title: 'one\ntwo' }, /line/],
      ['a body of 100,001 characters', { body: 'b'.repeat(100_001) }, /100[,_]?000/],
      ['51 tags', { tags: Array.from({ length: 51 }, (_, index) => `tag ${index}`) }, /50/],
      ['an empty tag', { tags: ['fine', ''] }, /tag/i],
      ['a tag of 51 characters', { tags: ['t'.repeat(51)] }, /50/],
      ['a colour that is none', { color: 'MAUVE' }, /MemoColor/],
      ['a time in the future', { createdAt: '2999-01-01T00:00:00Z' }, /now/],
      ['a time without a zone', { createdAt: '2020-01-01T00:00:00' }, /date and time/],
      ['a day that is none', { createdAt: '2023-02-30T00:00:00Z' }, /date and time/],
      ['a ulid of 25 characters', { ulid: ULID.slice(1) }, /ulid/i],
      ['a ulid in lower case', { ulid: ULID.toLowerCase() }, /ulid/i],
      ['a ulid with a letter Crockford left out', { ulid: ULID.replace('J', 'U') }, /ulid/i],
      ['a ulid of more than 128 bits', { ulid: `8${ULID.slice(1)}` }, /ulid/i],
      ['an empty ulid', { ulid: '' }, /ulid/i],
    ])('refuses %s', async (_, wrong, gist) => {
      const mina = await stage.person('Mina');
      const input = { title: 'A memo', ...wrong };
      await expectRefusal(mina.attempt(CREATE_MEMO, { input }), 'BAD_USER_INPUT', gist);
    });

    test('takes every text at its limit', async () => {
      const mina = await stage.person('Mina');
      const tags = Array.from({ length: 50 }, (_, index) => `${index}`.padStart(50, '#'));
      const limits = { title: 't'.repeat(200), body: 'b'.repeat(100_000), tags };
      expect(await createMemo(mina, limits)).toMatchObject(limits);
    });

    test('keeps a tag given twice once, in the order given', async () => {
      const mina = await stage.person('Mina');
      expect((await createMemo(mina, { tags: ['b', 'a', 'b'] })).tags).toEqual(['b', 'a']);
    });

    test('refuses a pad that isn’t there', async () => {
      const mina = await stage.person('Mina');
      for (const padId of ['', 'nothing', ULID, `PAD#${mina.id}`]) {
        const input = { title: 'A memo', padId };
        await expectRefusal(mina.attempt(CREATE_MEMO, { input }), 'NOT_FOUND', /pad/);
      }
    });
  });

  describe('sending a creation again', () => {
    test('returns the memo as it is now', async () => {
      const mina = await stage.person('Mina');
      const input = { title: 'Once', ulid: ULID };
      const memo = await createMemo(mina, input);
      expect(await createMemo(mina, input)).toEqual(memo);
      const updated = await updateMemo(mina, { id: memo.id, title: 'Later' });
      expect(await createMemo(mina, input)).toEqual(updated);
    });

    test('makes one memo when both arrive at once', async () => {
      const mina = await stage.person('Mina');
      const input = { title: 'Together', ulid: ULID.replace('JZ', 'JY') };
      const [one, other] = await Promise.all([createMemo(mina, input), createMemo(mina, input)]);
      expect(one).toEqual(other);
    });

    test('makes another memo in another pad', async () => {
      const mina = await stage.person('Mina');
      const pad = await givenSharedPad(mina);
      const ulid = ULID.replace('JZ', 'JX');
      const here = await createMemo(mina, { ulid });
      const there = await createMemo(mina, { ulid, padId: pad.id });
      expect(there.id).not.toBe(here.id);
    });

    test('is a conflict once the memo is purged', async () => {
      const mina = await stage.person('Mina');
      const input = { title: 'Purged', ulid: ULID.replace('JZ', 'JW') };
      await purgeMemo(mina, (await createMemo(mina, input)).id);
      await expectRefusal(mina.attempt(CREATE_MEMO, { input }), 'CONFLICT', /purged/);
    });
  });

  describe('changing a memo', () => {
    test.each<[string, Partial<MemoView>]>([
      ['the title', { title: 'Another title' }],
      ['the body', { body: 'Another body' }],
      ['the tags', { tags: ['another'] }],
      ['the tags, to none', { tags: [] }],
      ['the colour', { color: 'RED' }],
      ['the pin', { pinned: false }],
      ['the state', { state: 'ARCHIVED' }],
      ['all of it', { title: 'A', body: '', tags: ['x', 'y'], color: 'PINK', pinned: false }],
    ])('changes %s and leaves the rest', async (_, change) => {
      const mina = await stage.person('Mina');
      const before = await createMemo(mina, { title: 'Before', ...FULL });
      const after = await updateMemo(mina, { id: before.id, ...change });
      const { updatedAt } = after;
      const derived = 'body' in change ? { excerpt: after.excerpt, ...countTasks(after) } : {};
      expect(after).toEqual({ ...before, ...change, ...derived, version: 2, updatedAt });
      expect(updatedAt > before.updatedAt).toBe(true);
      expect(await readMemo(mina, before.id)).toEqual(after);
    });

    test('writes nothing when nothing changes', async () => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina, { title: 'Same', ...FULL });
      expect(await updateMemo(mina, { id: memo.id })).toEqual(memo);
      const nothing = {
        title: null,
        body: null,
        tags: null,
        color: null,
        pinned: null,
        state: null,
      };
      expect(await updateMemo(mina, { id: memo.id, ...nothing })).toEqual(memo);
      expect(await updateMemo(mina, { id: memo.id, title: 'Same', ...FULL })).toEqual(memo);
    });

    test('lets the given fields win when no version is expected', async () => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina);
      await Promise.all([
        updateMemo(mina, { id, title: 'From one side' }),
        updateMemo(mina, { id, body: 'From another' }),
      ]);
      const both = { title: 'From one side', body: 'From another', version: 3 };
      expect(await readMemo(mina, id)).toMatchObject(both);
    });

    test('is a conflict when the expected version has passed, and shows the memo as it is', async () => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina, { title: 'First', ...FULL });
      const now = await updateMemo(mina, { id, expectedVersion: 1, title: 'Second' });
      const input = { id, expectedVersion: 1, title: 'Third' };
      const error = await expectRefusal(
        mina.attempt(UPDATE_MEMO, { input }),
        'CONFLICT',
        /version/,
      );
      const writable = { title: 'Second', ...FULL, state: 'ACTIVE' };
      expect(error.extensions.current).toMatchObject({ id, version: 2, ...writable });
      expect(await readMemo(mina, id)).toEqual(now);
    });

    test('lets one of two who expect the same version win', async () => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina);
      const answers = await Promise.all(
        ['One', 'Other'].map((title) => {
          const input = { id, expectedVersion: 1, title };
          return mina.attempt(UPDATE_MEMO, { input });
        }),
      );
      const codes = answers.map(({ errors }) => errors[0]?.extensions.code ?? 'changed');
      expect(codes.sort()).toEqual(['CONFLICT', 'changed']);
      expect((await readMemo(mina, id)).version).toBe(2);
    });

    test.each<[string, object, RegExp]>([
      ['an empty title', { title: '' }, /title/i],
      ['a title of 201 characters', { title: 't'.repeat(201) }, /200/],
      ['a body of 100,001 characters', { body: 'b'.repeat(100_001) }, /100[,_]?000/],
      ['51 tags', { tags: Array.from({ length: 51 }, (_, index) => `tag ${index}`) }, /50/],
      ['a tag of 51 characters', { tags: ['t'.repeat(51)] }, /50/],
      ['a state that is none', { state: 'BURNT' }, /MemoState/],
    ])('refuses %s and changes nothing', async (_, wrong, gist) => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina);
      const input = { id: memo.id, color: 'BLUE', ...wrong };
      await expectRefusal(mina.attempt(UPDATE_MEMO, { input }), 'BAD_USER_INPUT', gist);
      expect(await readMemo(mina, memo.id)).toEqual(memo);
    });

    test('names whoever wrote last beside whoever made it', async () => {
      const [mina, joon] = await Promise.all([stage.person('Mina'), stage.person('Joon')]);
      const pad = await givenSharedPad(mina, [[joon, 'EDITOR']]);
      const { id } = await createMemo(mina, { padId: pad.id });
      const people = { author: { id: mina.id }, lastEditor: { id: joon.id } };
      expect(await updateMemo(joon, { id, title: 'Joon was here' })).toMatchObject(people);
    });
  });

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

function countTasks({ tasks }: MemoView) {
  return {
    tasks,
    taskCount: tasks.length,
    doneTaskCount: tasks.filter(({ done }) => done).length,
  };
}
