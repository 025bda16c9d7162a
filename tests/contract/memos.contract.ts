import { describe, expect, test } from '@jest/globals';
import { CREATE_MEMO, createMemo, purgeMemo, readMemo, updateMemo } from './memos.ts';
import { givenSharedPad } from './pads.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const ULID = '01JZZZZZZZZZZZZZZZZZZZZZZZ';
const FULL = {
  body: '# Heading\n\n- [x] one\n- [ ] two\n',
  tags: ['work', 'home'],
  color: 'TEAL',
  pinned: true,
};

/** How memos are made, and made once however often the creation is sent. */
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
}
