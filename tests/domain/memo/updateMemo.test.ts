import { describe, expect, test } from '@jest/globals';
import { createMemo } from '#domain/memo/createMemo.ts';
import type { Memo } from '#domain/memo/memo.ts';
import type { MemoStore } from '#domain/memo/memoStore.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import {
  DAY_MS,
  errorOf,
  memosOn,
  someUlid,
  someViewer,
  type TestMemos,
  useMemos,
} from '#tests/support/memos.ts';

const { table, ports } = useMemos();
const viewer = someViewer();

const someMemo = (given = {}): Promise<Memo> =>
  createMemo(ports, viewer, { title: 'a', body: '- [ ] b', tags: ['c'], ...given });

describe('updateMemo', () => {
  test('changes what is given and keeps the rest', async () => {
    const memo = await someMemo({ color: 'RED', pinned: true });
    const updatedAt = ports.pass(1000);
    const changed = await updateMemo(ports, viewer, { id: memo.id, title: '새 제목' });
    expect(changed).toEqual({ ...memo, title: '새 제목', version: 2, updatedAt });
    expect(await readMemo(ports, viewer, memo.id)).toEqual(changed);
  });

  test('changes every field at once, and what follows from the body', async () => {
    const { id } = await someMemo();
    const given = {
      title: 'b',
      body: '- [x] one\n- [ ] two',
      tags: ['d'],
      color: 'BLUE',
      pinned: true,
      state: 'ARCHIVED',
    } as const;
    const facts = { excerpt: 'one two', taskCount: 2, doneTaskCount: 1, bodyBytes: 19 };
    const changed = await updateMemo(ports, viewer, { id, ...given });
    expect(changed).toMatchObject({ ...given, ...facts });
    expect(await readMemo(ports, viewer, id)).toEqual(changed);
  });

  test('takes null for left out', async () => {
    const memo = await someMemo();
    const fields = { title: null, body: null, tags: null, color: null, pinned: null, state: null };
    const same = await updateMemo(ports, viewer, { id: memo.id, expectedVersion: null, ...fields });
    expect(same).toEqual(memo);
  });

  test('empties what is given empty', async () => {
    const { id } = await someMemo({ color: 'RED', pinned: true });
    const empty = { body: '', tags: [], color: 'DEFAULT', pinned: false } as const;
    await updateMemo(ports, viewer, { id, ...empty });
    const facts = { excerpt: '', taskCount: 0, doneTaskCount: 0, bodyBytes: 0 };
    expect(await readMemo(ports, viewer, id)).toMatchObject({ ...empty, ...facts });
  });

  test('writes nothing when nothing changes, not even the version', async () => {
    const memo = await someMemo();
    ports.pass(1000);
    const { id, title, body, tags, color, pinned, state } = memo;
    const same = { title, body, tags: ['c', 'c'], color, pinned, state };
    expect(await updateMemo(ports, viewer, { id, ...same })).toEqual(memo);
    expect(await readMemo(ports, viewer, id)).toEqual(memo);
    expect(tags).toEqual(['c']);
  });

  test('sees tags in another order as a change', async () => {
    const { id } = await someMemo({ tags: ['a', 'b'] });
    const changed = await updateMemo(ports, viewer, { id, tags: ['b', 'a'] });
    expect(changed).toMatchObject({ tags: ['b', 'a'], version: 2 });
  });

  test('says when the last write was, never earlier than before, whatever the clocks say', async () => {
    const { id, updatedAt } = await someMemo();
    ports.pass(-5000);
    const changed = await updateMemo(ports, viewer, { id, title: 'b' });
    ports.pass(5000);
    expect(changed.updatedAt).toBe(updatedAt);
  });

  test('remembers who wrote last', async () => {
    const [padId, author, editor] = [someUlid(), someViewer(), someViewer()];
    ports.setRole(padId, author, 'OWNER');
    ports.setRole(padId, editor, 'EDITOR');
    const { id } = await createMemo(ports, author, { title: 'a', padId });
    await updateMemo(ports, editor, { id, title: 'b' });
    expect(await readMemo(ports, author, id)).toMatchObject({
      authorId: author.userId,
      lastEditorId: editor.userId,
    });
    await updateMemo(ports, author, { id, title: 'c' });
    expect(await readMemo(ports, editor, id)).toMatchObject({ lastEditorId: author.userId });
  });

  test.each([
    ['Expected the title to have 1 to 200 characters, got 0.', { title: '' }],
    [
      'Expected the body to have 0 to 100000 characters, got 100001.',
      { body: 'x'.repeat(100_001) },
    ],
    ['Expected at most 50 tags, got 51.', { tags: [...Array(51).keys()].map(String) }],
  ])('says: %s', async (message, given) => {
    const memo = await someMemo();
    const error = await errorOf(updateMemo(ports, viewer, { id: memo.id, ...given }));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', message });
    expect(await readMemo(ports, viewer, memo.id)).toEqual(memo);
  });

  test('is NOT_FOUND for others and for what is purged, FORBIDDEN for a VIEWER, UNAUTHENTICATED for nobody', async () => {
    const [padId, author, reader] = [someUlid(), someViewer(), someViewer()];
    ports.setRole(padId, author, 'OWNER');
    ports.setRole(padId, reader, 'VIEWER');
    const { id } = await createMemo(ports, author, { title: 'a', padId });
    const update = (who: typeof author | null) =>
      errorOf(updateMemo(ports, who, { id, title: 'b' }));
    expect(await update(reader)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await update(viewer)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await update(null)).toMatchObject({ code: 'UNAUTHENTICATED' });
    await purgeMemo(ports, author, id);
    expect(await update(author)).toMatchObject({ code: 'NOT_FOUND' });
  });

  describe('into and out of the trash', () => {
    test('keeps when the memo was put there', async () => {
      const { id } = await someMemo();
      const trashedAt = ports.pass(1000);
      await updateMemo(ports, viewer, { id, state: 'TRASHED' });
      ports.pass(1000);
      const edited = await updateMemo(ports, viewer, { id, title: 'edited in the trash' });
      expect(edited).toMatchObject({ state: 'TRASHED', trashedAt, title: 'edited in the trash' });
      const restored = await updateMemo(ports, viewer, { id, state: 'ARCHIVED' });
      expect(restored).toMatchObject({ state: 'ARCHIVED', trashedAt: null });
      expect(await readMemo(ports, viewer, id)).toEqual(restored);
    });

    test('is NOT_FOUND once the 30 days are over', async () => {
      const later = memosOn(table);
      const { id } = await createMemo(later, viewer, { title: 'a' });
      await updateMemo(later, viewer, { id, state: 'TRASHED' });
      later.pass(30 * DAY_MS);
      const error = await errorOf(updateMemo(later, viewer, { id, state: 'ACTIVE' }));
      expect(error).toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  describe('with expectedVersion', () => {
    test('changes the memo when it still is at that version', async () => {
      const { id } = await someMemo();
      const changed = await updateMemo(ports, viewer, { id, expectedVersion: 1, title: 'b' });
      expect(changed).toMatchObject({ version: 2, title: 'b' });
    });

    test.each([0, 1, 3, -1])(
      'is CONFLICT with the memo as it is for %s instead of 2',
      async (expectedVersion) => {
        const { id } = await someMemo();
        await updateMemo(ports, viewer, { id, title: 'theirs' });
        const error = await errorOf(
          updateMemo(ports, viewer, { id, expectedVersion, title: 'theirs' }),
        );
        expect(error).toMatchObject({
          code: 'CONFLICT',
          message: `Expected the memo to be at version ${expectedVersion}, it is at version 2.`,
        });
        expect(error.details).toEqual({
          current: {
            id,
            version: 2,
            title: 'theirs',
            body: '- [ ] b',
            tags: ['c'],
            color: 'DEFAULT',
            pinned: false,
            state: 'ACTIVE',
          },
        });
      },
    );

    test('lets exactly one of several at the same time win', async () => {
      const { id } = await someMemo();
      const results = await Promise.allSettled(
        ['b', 'c', 'd', 'e'].map((title) =>
          updateMemo(ports, viewer, { id, expectedVersion: 1, title }),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await readMemo(ports, viewer, id)).toMatchObject({ version: 2 });
    });
  });

  describe('without expectedVersion, overtaken between read and write', () => {
    /** Ports where someone else writes right before each of the first `times` writes. */
    const overtaken = (times: number, other: (index: number) => Promise<unknown>): TestMemos => {
      let left = times;
      const replace: MemoStore['replace'] = async (memo, version) => {
        if (left > 0) {
          left -= 1;
          await other(times - left);
        }
        return ports.memos.replace(memo, version);
      };
      return { ...ports, memos: { ...ports.memos, replace } };
    };

    test('puts its fields on top of what the other wrote', async () => {
      const { id } = await someMemo();
      const other = (index: number) =>
        updateMemo(ports, viewer, { id, body: `by another ${index}`, title: 'by another' });
      const changed = await updateMemo(overtaken(2, other), viewer, { id, title: 'mine' });
      expect(changed).toMatchObject({ title: 'mine', body: 'by another 2', version: 4 });
      expect(await readMemo(ports, viewer, id)).toEqual(changed);
    });

    test('is CONFLICT with the memo as it is after three lost races', async () => {
      const { id } = await someMemo();
      const other = (index: number) => updateMemo(ports, viewer, { id, body: `other ${index}` });
      const error = await errorOf(updateMemo(overtaken(3, other), viewer, { id, title: 'mine' }));
      expect(error).toMatchObject({
        code: 'CONFLICT',
        details: { current: { version: 4, body: 'other 3', title: 'a' } },
      });
    });

    test('pauses before each further try and reads the memo anew', async () => {
      const { id } = await someMemo();
      const write = (index: number) => updateMemo(ports, viewer, { id, body: `other ${index}` });
      const pauses: number[] = [];
      const pause = async (count: number) => {
        pauses.push(count);
        await write(10 + count);
      };
      const raced = { ...overtaken(2, write), pause };
      const changed = await updateMemo(raced, viewer, { id, title: 'mine' });
      expect(changed).toMatchObject({ title: 'mine', body: 'other 12', version: 6 });
      expect(pauses).toEqual([1, 2]);
    });

    test('is NOT_FOUND when the other purged the memo', async () => {
      const { id } = await someMemo();
      const purging = overtaken(1, () => purgeMemo(ports, viewer, id));
      const error = await errorOf(updateMemo(purging, viewer, { id, title: 'mine' }));
      expect(error).toMatchObject({ code: 'NOT_FOUND' });
    });

    test('writes nothing more when the other made the same change', async () => {
      const { id } = await someMemo();
      const other = () => updateMemo(ports, viewer, { id, title: 'mine' });
      const changed = await updateMemo(overtaken(1, other), viewer, { id, title: 'mine' });
      expect(changed).toMatchObject({ title: 'mine', version: 2 });
    });

    test('with expectedVersion is CONFLICT at once', async () => {
      const { id } = await someMemo();
      const other = () => updateMemo(ports, viewer, { id, body: 'other' });
      const given = { id, title: 'mine', expectedVersion: 1 };
      expect(await errorOf(updateMemo(overtaken(1, other), viewer, given))).toMatchObject({
        code: 'CONFLICT',
        details: { current: { version: 2, body: 'other' } },
      });
    });
  });
});
