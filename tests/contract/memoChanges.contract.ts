import { describe, expect, test } from '@jest/globals';
import { createMemo, type MemoView, readMemo, UPDATE_MEMO, updateMemo } from './memos.ts';
import { givenSharedPad } from './pads.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const FULL = {
  body: '# Heading\n\n- [x] one\n- [ ] two\n',
  tags: ['work', 'home'],
  color: 'TEAL',
  pinned: true,
};

/** How memos are changed: field by field, against a version or not. */
export function memoChangesContract(stage: Stage): void {
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
}

function countTasks({ tasks }: MemoView) {
  return {
    tasks,
    taskCount: tasks.length,
    doneTaskCount: tasks.filter(({ done }) => done).length,
  };
}
