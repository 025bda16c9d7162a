import { describe, expect, test } from '@jest/globals';
import { isoTime } from '#domain/clock.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import type { AppSyncPerson } from '#tests/support/appsyncAsker.ts';
import { someUlid } from '#tests/support/memos.ts';
import {
  CREATE,
  NOT_FOUND,
  PAD_NOT_FOUND,
  PURGE,
  READ,
  RESTORE,
  sharedPad,
  TICK,
  TRASH,
  thirtyDaysAgo,
  UPDATE,
} from './memoDocuments.ts';

const app = useAppSyncApi();

async function someMemo(
  viewer: AppSyncPerson,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Readonly<Record<string, string>>> {
  const { memo } = await viewer.ask(CREATE, { input: { title: 'Milk', ...input } });
  return memo;
}

describe('createMemo', () => {
  test('makes a memo in the personal pad, that can be read', async () => {
    const viewer = await app.person();
    const memo = await someMemo(viewer, {
      body: '# Shop\n- [ ] milk\n- [x] bread',
      tags: ['a', '나', 'a'],
      color: 'RED',
      pinned: true,
      createdAt: '2020-02-29T10:00:00+09:00',
    });
    expect(memo).toEqual({
      id: expect.stringMatching(`^${viewer.id}\\.[0-9A-Z]{26}$`),
      title: 'Milk',
      body: '# Shop\n- [ ] milk\n- [x] bread',
      excerpt: 'Shop milk bread',
      tasks: [
        { index: 0, text: 'milk', done: false },
        { index: 1, text: 'bread', done: true },
      ],
      ...{ taskCount: 2, doneTaskCount: 1, tags: ['a', '나'], color: 'RED', pinned: true },
      ...{ state: 'ACTIVE', trashedAt: null, version: 1 },
      createdAt: '2020-02-29T01:00:00.000Z',
      updatedAt: expect.stringMatching(/^2026-01-31T09:30:0\d\.\d{3}Z$/),
      ...{ author: { id: viewer.id }, lastEditor: { id: viewer.id }, pad: { id: viewer.id } },
    });
    expect(await viewer.ask(READ, { id: memo.id })).toEqual({ memo });
  });

  test('gives a memo without a ulid of its own the time that its ulid tells', async () => {
    const { createdAt, updatedAt } = await someMemo(await app.person());
    expect(createdAt).toBe(updatedAt);
  });

  test('sent again gives the memo as it is now', async () => {
    const viewer = await app.person();
    const ulid = someUlid();
    const memo = await someMemo(viewer, { ulid });
    await viewer.ask(UPDATE, { input: { id: memo.id, title: 'Oat milk' } });
    expect(await someMemo(viewer, { ulid, title: 'Rye' })).toMatchObject({
      ...{ id: memo.id, title: 'Oat milk', version: 2 },
    });
  });

  test('refuses the ulid of a purged memo, and of one whose time in the trash is over', async () => {
    const viewer = await app.person();
    const refusal = 'CONFLICT: Expected a ulid not used before, got that of a purged memo.';
    const [purged, expired] = [someUlid(), someUlid()];
    await viewer.ask(PURGE, { id: (await someMemo(viewer, { ulid: purged })).id });
    await thirtyDaysAgo(app, viewer, async (then) => {
      await then.ask(TRASH, { id: (await someMemo(then, { ulid: expired })).id });
    });
    for (const ulid of [purged, expired]) {
      expect(await viewer.refused(CREATE, { input: { title: 'Milk', ulid } })).toBe(refusal);
    }
  });

  test('puts a time a little ahead at now', async () => {
    const viewer = await app.person();
    const ahead = isoTime(app.nowMs + 4 * 60_000);
    const { createdAt, updatedAt } = await someMemo(viewer, { createdAt: ahead });
    expect(createdAt).toBe(updatedAt);
  });

  test.each([
    [{ title: '' }, 'Expected the title to have 1 to 200 characters, got 0.'],
    [{ title: 'a\nb' }, 'Expected the title to be on one line, got a line break.'],
    [
      { body: 'a'.repeat(100_001) },
      'Expected the body to have 0 to 100000 characters, got 100001.',
    ],
    [
      { body: `${'a'.repeat(99_999)}\u0000` },
      'Expected the body to be free of control characters, got one.',
    ],
    [{ tags: Array(51).fill('a') }, 'Expected at most 50 tags, got 51.'],
    [{ tags: ['a', ' '] }, 'Expected each tag to hold more than white space.'],
    [
      { ulid: 'nonsense' },
      'Expected `ulid` to be 26 upper-case Crockford characters, the first 0 to 7.',
    ],
    [
      { createdAt: '2031-01-31T09:30:00.000Z' },
      'Expected `createdAt` to be a time from 1970 to now, got 2031-01-31T09:30:00.000Z.',
    ],
    [
      { createdAt: '1969-12-31T23:59:59.999Z' },
      'Expected `createdAt` to be a time from 1970 to now, got 1969-12-31T23:59:59.999Z.',
    ],
  ])('refuses %#', async (input, message) => {
    const viewer = await app.person();
    const refusal = await viewer.refused(CREATE, { input: { title: 'Milk', ...input } });
    expect(refusal).toBe(`BAD_USER_INPUT: ${message}`);
  });

  test('keeps the longest body, with all its tasks', async () => {
    const viewer = await app.person();
    const body = '- [ ] \n'.repeat(14_285);
    const { id } = await someMemo(viewer, { body });
    const { memo } = await viewer.ask(
      'query ($id: ID!) { memo(id: $id) { body taskCount tasks { index } } }',
      { id },
    );
    expect(memo.body).toBe(body);
    expect(memo.taskCount).toBe(14_285);
    expect(memo.tasks).toHaveLength(14_285);
  });
});

describe('access', () => {
  test('decides by the role in a shared pad', async () => {
    const [owner, editor, guest] = [await app.person(), await app.person(), await app.person()];
    const stranger = await app.person();
    const padId = await sharedPad(app, {
      [owner.id]: 'OWNER',
      [editor.id]: 'EDITOR',
      [guest.id]: 'VIEWER',
    });
    const { id } = await someMemo(editor, { padId });
    expect((await guest.ask(READ, { id })).memo).toMatchObject({ pad: { id: padId } });
    const forbidden =
      "FORBIDDEN: Expected at least the role EDITOR in this pad, the viewer's role is VIEWER.";
    const input = { title: 'Rye', padId };
    expect(await guest.refused(CREATE, { input })).toBe(forbidden);
    expect(await guest.refused(TRASH, { id })).toBe(forbidden);
    expect(await stranger.refused(CREATE, { input })).toBe(PAD_NOT_FOUND);
    for (const document of [READ, TRASH, RESTORE, PURGE]) {
      expect(await stranger.refused(document, { id })).toBe(NOT_FOUND);
    }
    expect(await stranger.refused(UPDATE, { input: { id, title: '' } })).toBe(NOT_FOUND);
  });

  test('finds no memo of an id that can be none, without a read', async () => {
    const viewer = await app.person();
    const read = await app.callsOf(async () => {
      for (const id of ['', 'nonsense', viewer.id, `${viewer.id}.${viewer.id}x`]) {
        expect(await viewer.refused(READ, { id })).toBe(NOT_FOUND);
      }
      expect(await viewer.refused(CREATE, { input: { title: 'a', padId: 'nonsense' } })).toBe(
        PAD_NOT_FOUND,
      );
    });
    expect(read).toEqual([]);
  });

  test('is for people with access tokens alone', async () => {
    const { id } = await someMemo(await app.person());
    const { errors } = await app.visitor.answer(READ, { id });
    expect(errors?.[0]?.errorType).toBe('Unauthorized');
  });
});

describe('updateMemo', () => {
  test('changes the given fields, and what follows from them', async () => {
    const [owner, editor] = [await app.person(), await app.person()];
    const padId = await sharedPad(app, { [owner.id]: 'OWNER', [editor.id]: 'EDITOR' });
    const memo = await someMemo(owner, { padId, tags: ['a'] });
    const input = { id: memo.id, body: '- [x] 우유', color: null, expectedVersion: 1 };
    const { memo: changed } = await editor.ask(UPDATE, { input });
    expect(changed).toEqual({
      ...memo,
      ...{ body: '- [x] 우유', excerpt: '우유', taskCount: 1, doneTaskCount: 1, version: 2 },
      tasks: [{ index: 0, text: '우유', done: true }],
      updatedAt: changed.updatedAt,
      lastEditor: { id: editor.id },
    });
    expect(changed.updatedAt > `${memo.updatedAt}`).toBe(true);
    expect(await editor.ask(READ, { id: memo.id })).toEqual({ memo: changed });
  });

  test('that changes nothing writes nothing', async () => {
    const viewer = await app.person();
    const memo = await someMemo(viewer, { tags: ['a', 'b'] });
    const input = { id: memo.id, title: 'Milk', tags: ['a', 'b', 'a'], state: 'ACTIVE' };
    const calls = await app.callsOf(async () => {
      expect(await viewer.ask(UPDATE, { input })).toEqual({ memo });
    });
    expect(calls).toEqual(['GetItem']);
  });

  test('against another version is CONFLICT with the memo as it is', async () => {
    const viewer = await app.person();
    const memo = await someMemo(viewer, { body: 'a', tags: ['t'] });
    const { id, title, body, tags, color, pinned, state } = memo;
    const input = { id, title: '', expectedVersion: 7 };
    const { errors, data } = await viewer.answer(UPDATE, { input });
    expect(data).toBeNull();
    expect(errors).toEqual([
      expect.objectContaining({
        errorType: 'CONFLICT',
        message: 'Expected the memo to be at version 7, it is at version 1.',
        errorInfo: { current: { id, version: 1, title, body, tags, color, pinned, state } },
      }),
    ]);
  });

  test('refuses what createMemo refuses', async () => {
    const viewer = await app.person();
    const { id } = await someMemo(viewer);
    const refusal = await viewer.refused(UPDATE, { input: { id, title: ' ' } });
    expect(refusal).toBe('BAD_USER_INPUT: Expected the title to hold more than white space.');
  });

  test('of two at once does both', async () => {
    const viewer = await app.person();
    const { id } = await someMemo(viewer);
    const changes = [{ title: 'Rye' }, { body: 'bread' }];
    await Promise.all(changes.map((change) => viewer.ask(UPDATE, { input: { id, ...change } })));
    const { memo } = await viewer.ask(READ, { id });
    expect(memo).toMatchObject({ title: 'Rye', body: 'bread', version: 3 });
  });

  test('of many at once does some, and says of the others with what they met', async () => {
    const viewer = await app.person();
    const { id } = await someMemo(viewer);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        viewer.answer(UPDATE, { input: { id, title: `${index}` } }),
      ),
    );
    const refused = answers.flatMap(({ errors }) => errors ?? []);
    expect(refused.length).toBeGreaterThan(0);
    for (const { errorType, message, errorInfo } of refused) {
      const { current } = errorInfo as { current: { version: number } };
      expect(errorType).toBe('CONFLICT');
      expect(message).toBe(
        `Others were writing the same memo at the same time; it is at version ${current.version}. Send the change again.`,
      );
    }
    const { memo } = await viewer.ask(READ, { id });
    expect(memo.version).toBe(1 + answers.length - refused.length);
  });

  test('never moves a memo back in its list, whatever the clocks say', async () => {
    const viewer = await app.person();
    const { id, updatedAt } = await someMemo(viewer);
    const { memo } = await thirtyDaysAgo(app, viewer, (then) =>
      then.ask(UPDATE, { input: { id, title: 'Rye' } }),
    );
    expect(memo).toMatchObject({ version: 2, updatedAt });
  });
});

describe('setTaskDone', () => {
  test('ticks and unticks one task and nothing else', async () => {
    const viewer = await app.person();
    const memo = await someMemo(viewer, { body: 'a\r\n- [ ] b\n- [X] c' });
    const tick = { memoId: memo.id, index: 0, done: true, expectedVersion: 1 };
    const { memo: ticked } = await viewer.ask(TICK, tick);
    expect(ticked).toMatchObject({ body: 'a\r\n- [x] b\n- [X] c', doneTaskCount: 2, version: 2 });
    expect((await viewer.ask(TICK, { ...tick, expectedVersion: 2 })).memo.version).toBe(2);
    const { memo: unticked } = await viewer.ask(TICK, {
      ...{ memoId: memo.id, index: 1, done: false, expectedVersion: 2 },
    });
    expect(unticked).toMatchObject({ body: 'a\r\n- [x] b\n- [ ] c', version: 3 });
  });

  test.each([-1, 1, 1000])('refuses the index %i of a memo with one task', async (index) => {
    const viewer = await app.person();
    const { id } = await someMemo(viewer, { body: '- [ ] b' });
    const tick = { memoId: id, index, done: true, expectedVersion: 1 };
    expect(await viewer.refused(TICK, tick)).toBe(
      `BAD_USER_INPUT: Expected the index of one of the memo's 1 tasks, from 0; got ${index}.`,
    );
    expect(await viewer.refused(TICK, { ...tick, expectedVersion: 9 })).toBe(
      'CONFLICT: Expected the memo to be at version 9, it is at version 1.',
    );
  });
});

describe('the trash', () => {
  test('takes a memo and gives it back', async () => {
    const viewer = await app.person();
    const { id } = await someMemo(viewer);
    const { memo: trashed } = await viewer.ask(TRASH, { id });
    expect(trashed).toMatchObject({ state: 'TRASHED', version: 2, trashedAt: trashed.updatedAt });
    expect(await viewer.ask(TRASH, { id })).toEqual({ memo: trashed });
    const { memo } = await viewer.ask(RESTORE, { id });
    expect(memo).toMatchObject({ state: 'ACTIVE', version: 3, trashedAt: null });
    expect(await viewer.ask(RESTORE, { id })).toEqual({ memo });
  });

  test('holds a memo for 30 days, from when it was put there', async () => {
    const viewer = await app.person();
    const id = await thirtyDaysAgo(app, viewer, async (then) => {
      const memo = await someMemo(then);
      await then.ask(TRASH, { id: memo.id });
      return memo.id;
    });
    for (const document of [READ, TRASH, RESTORE, PURGE]) {
      expect(await viewer.refused(document, { id })).toBe(NOT_FOUND);
    }
  });

  test('still holds it when the 30 days are not over, though it was edited there', async () => {
    const viewer = await app.person();
    const id = await thirtyDaysAgo(app, viewer, async (then) => {
      app.nowMs += 60_000;
      const memo = await someMemo(then);
      const { memo: trashed } = await then.ask(TRASH, { id: memo.id });
      const input = { id: memo.id, title: 'Rye' };
      expect((await then.ask(UPDATE, { input })).memo.trashedAt).toBe(trashed.trashedAt);
      return memo.id;
    });
    expect((await viewer.ask(READ, { id })).memo.state).toBe('TRASHED');
  });

  test('is passed by a purge, which is for good', async () => {
    const viewer = await app.person();
    const { id } = await someMemo(viewer);
    expect(await viewer.ask(PURGE, { id })).toEqual({ purgeMemo: true });
    for (const document of [READ, TRASH, RESTORE, PURGE]) {
      expect(await viewer.refused(document, { id })).toBe(NOT_FOUND);
    }
    expect(await viewer.refused(UPDATE, { input: { id, title: 'Rye' } })).toBe(NOT_FOUND);
  });
});
