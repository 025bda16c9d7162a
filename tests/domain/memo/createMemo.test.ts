import { describe, expect, test } from '@jest/globals';
import { createMemo } from '#domain/memo/createMemo.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { trashMemo } from '#domain/memo/trashMemo.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import {
  DAY_MS,
  errorOf,
  memosOn,
  NOW,
  someUlid,
  someViewer,
  useMemos,
} from '#tests/support/memos.ts';

const { table, ports } = useMemos();
const viewer = someViewer();

describe('createMemo', () => {
  test('fills in what is left out', async () => {
    const memo = await createMemo(ports, viewer, { title: 'Plans' });
    expect(memo).toEqual({
      id: `${viewer.userId}.${memo.ulid}`,
      padId: viewer.userId,
      ulid: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      title: 'Plans',
      body: '',
      excerpt: '',
      tags: [],
      color: 'DEFAULT',
      pinned: false,
      state: 'ACTIVE',
      trashedAt: null,
      version: 1,
      createdAt: '2026-01-31T09:30:00.000Z',
      updatedAt: '2026-01-31T09:30:00.000Z',
      authorId: viewer.userId,
      lastEditorId: viewer.userId,
      taskCount: 0,
      doneTaskCount: 0,
      bodyBytes: 0,
    });
    expect(await readMemo(ports, viewer, memo.id)).toEqual(memo);
  });

  test('keeps everything that is given', async () => {
    const given = {
      title: ' 할 일 ',
      body: '# 장보기\r\n- [x] 우유\r\n- [ ] 빵\r\n',
      tags: ['집', '장보기'],
      color: 'TEAL',
      pinned: true,
      createdAt: '2019-05-01T00:00:00.000Z',
    } as const;
    const memo = await createMemo(ports, viewer, given);
    expect(memo).toMatchObject({ ...given, taskCount: 2, doneTaskCount: 1, bodyBytes: 38 });
    expect(await readMemo(ports, viewer, memo.id)).toEqual(memo);
  });

  test('takes null for left out', async () => {
    const nothing = { padId: null, ulid: null, body: null, tags: null, color: null, pinned: null };
    const memo = await createMemo(ports, viewer, { title: 'a', createdAt: null, ...nothing });
    expect(memo).toMatchObject({ padId: viewer.userId, body: '', tags: [], color: 'DEFAULT' });
  });

  test.each([
    '메모 — 한글',
    'cafe\u0301',
    '👩‍👩‍👧‍👦🏳️‍🌈',
    '\ufeffBOM',
    'a\r\nb\tc\n',
    '\u2028\u200b\uffff',
    '  ',
  ])('keeps the body %j exactly as sent', async (body) => {
    const { id } = await createMemo(ports, viewer, { title: 'a', body });
    expect((await readMemo(ports, viewer, id)).body).toBe(body);
  });

  test.each([
    ['Expected the title to have 1 to 200 characters, got 0.', { title: '' }],
    ['Expected the title to have 1 to 200 characters, got 201.', { title: 'x'.repeat(201) }],
    ['Expected the title to hold more than white space.', { title: ' \u3000' }],
    ['Expected the title to be on one line, got a line break.', { title: 'a\nb' }],
    ['Expected the title to be free of control characters, got one.', { title: 'a\tb' }],
    [
      'Expected the title to be well-formed Unicode, got half of a surrogate pair.',
      { title: '\ud83c' },
    ],
    [
      'Expected the body to have 0 to 100000 characters, got 100001.',
      { body: 'x'.repeat(100_001) },
    ],
    ['Expected the body to be free of control characters, got one.', { body: 'a\u0000' }],
    [
      'Expected the body to be well-formed Unicode, got half of a surrogate pair.',
      { body: '\udf31a' },
    ],
    ['Expected at most 50 tags, got 51.', { tags: [...Array(51).keys()].map(String) }],
    ['Expected each tag to have 1 to 50 characters, got 0.', { tags: ['ok', ''] }],
    ['Expected each tag to have 1 to 50 characters, got 51.', { tags: ['x'.repeat(51)] }],
    ['Expected each tag to hold more than white space.', { tags: [' '] }],
    ['Expected each tag to be on one line, got a line break.', { tags: ['a\rb'] }],
    [
      'Expected `ulid` to be 26 upper-case Crockford characters, the first 0 to 7.',
      { ulid: 'short' },
    ],
    [
      'Expected `ulid` to be 26 upper-case Crockford characters, the first 0 to 7.',
      { ulid: someUlid().toLowerCase() },
    ],
    [
      'Expected `createdAt` to be a time from 1970 to now, got 2026-01-31T09:35:00.001Z.',
      { createdAt: '2026-01-31T09:35:00.001Z' },
    ],
    [
      'Expected `createdAt` to be a time from 1970 to now, got 1969-12-31T23:59:59.999Z.',
      { createdAt: '1969-12-31T23:59:59.999Z' },
    ],
    ['Expected `createdAt` to be a time from 1970 to now, got no time.', { createdAt: 'soon' }],
  ])('says: %s', async (message, given) => {
    const error = await errorOf(createMemo(ports, viewer, { title: 'a', ...given }));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', message });
  });

  test('takes texts of the greatest lengths', async () => {
    const tags = [...Array(50).keys()].map((index) => `${index} `.padEnd(50, '글'));
    const given = { title: '글'.repeat(200), body: '글'.repeat(100_000), tags };
    const { id } = await createMemo(ports, viewer, given);
    expect(await readMemo(ports, viewer, id)).toMatchObject({ ...given, bodyBytes: 300_000 });
  });

  test('drops repeated tags, keeping the first', async () => {
    const tags = ['b', 'a', 'b', 'B', 'a'];
    expect(await createMemo(ports, viewer, { title: 'a', tags })).toMatchObject({
      tags: ['b', 'a', 'B'],
    });
  });

  test("puts a time that is ahead of ours by less than a clock's error at now", async () => {
    const createdAt = '2026-01-31T09:35:00.000Z';
    const memo = await createMemo(ports, viewer, { title: 'a', createdAt });
    expect(memo.createdAt).toBe('2026-01-31T09:30:00.000Z');
  });

  describe('with the ulid of a memo that is there', () => {
    test('gives the memo as it is now and writes nothing', async () => {
      const ulid = someUlid();
      const { id } = await createMemo(ports, viewer, { title: 'first', ulid });
      const current = await updateMemo(ports, viewer, { id, title: 'second' });
      expect(await createMemo(ports, viewer, { title: 'third', ulid })).toEqual(current);
      expect(await readMemo(ports, viewer, id)).toEqual(current);
    });

    test('makes exactly one memo of creations sent at the same time', async () => {
      const ulid = someUlid();
      const memos = await Promise.all(
        ['a', 'b', 'c', 'd'].map((title) => createMemo(ports, viewer, { title, ulid })),
      );
      expect(new Set(memos.map(({ title }) => title)).size).toBe(1);
    });

    test('makes another one in another pad', async () => {
      const ulid = someUlid();
      const mine = await createMemo(ports, viewer, { title: 'mine', ulid });
      const other = await createMemo(ports, someViewer(), { title: 'other', ulid });
      expect(other.title).toBe('other');
      expect(other.id).not.toBe(mine.id);
    });

    test('is CONFLICT once it was purged, and says so without the memo', async () => {
      const ulid = someUlid();
      const { id } = await createMemo(ports, viewer, { title: 'a', ulid });
      await purgeMemo(ports, viewer, id);
      expect(await errorOf(createMemo(ports, viewer, { title: 'a', ulid }))).toMatchObject({
        code: 'CONFLICT',
        message: 'Expected a ulid not used before, got that of a purged memo.',
        details: {},
      });
    });

    test('is CONFLICT once its 30 days in the trash are over', async () => {
      const later = memosOn(table);
      const ulid = someUlid();
      const { id } = await createMemo(later, viewer, { title: 'a', ulid });
      await trashMemo(later, viewer, id);
      later.pass(30 * DAY_MS - 1);
      expect(await createMemo(later, viewer, { title: 'a', ulid })).toMatchObject({ id });
      later.pass(1);
      expect(await errorOf(createMemo(later, viewer, { title: 'a', ulid }))).toMatchObject({
        code: 'CONFLICT',
      });
    });
  });

  describe('in a shared pad', () => {
    const padId = someUlid();
    const owner = someViewer();

    test('remembers who wrote it', async () => {
      ports.setRole(padId, owner, 'EDITOR');
      const memo = await createMemo(ports, owner, { title: 'a', padId });
      expect(memo).toMatchObject({ padId, authorId: owner.userId, lastEditorId: owner.userId });
      expect(await readMemo(ports, owner, memo.id)).toEqual(memo);
    });

    test('is FORBIDDEN for a VIEWER, NOT_FOUND for others, UNAUTHENTICATED for nobody', async () => {
      const reader = someViewer();
      ports.setRole(padId, reader, 'VIEWER');
      const create = (who: typeof reader | null, pad = padId) =>
        errorOf(createMemo(ports, who, { title: 'a', padId: pad }));
      expect(await create(reader)).toMatchObject({ code: 'FORBIDDEN' });
      expect(await create(someViewer())).toMatchObject({ code: 'NOT_FOUND' });
      expect(await create(owner, viewer.userId)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await create(owner, 'no pad')).toMatchObject({ code: 'NOT_FOUND' });
      expect(await create(null)).toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    test('decides access before it looks at the input', async () => {
      const action = createMemo(ports, viewer, { title: '', padId });
      expect(await errorOf(action)).toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  test('is made at the time of the clock', async () => {
    expect(Date.parse((await createMemo(ports, viewer, { title: 'a' })).createdAt)).toBe(NOW);
  });
});
