import { describe, expect, test } from '@jest/globals';
import { CREATE_MEMO, createMemo, readMemo, UPDATE_MEMO } from './memos.ts';
import { CREATE_PAD, createPad, readPad } from './pads.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

/** Texts of one line that must come back exactly as they were sent. */
const KEPT: readonly (readonly [string, string])[] = [
  ['Korean', '오늘의 메모: 김치찌개 끓이기'],
  ['Korean in single letters (NFD)', '메모'.normalize('NFD')],
  ['combining marks', 'e\u0301 \u0061\u030a Z\u0351\u036b\u0343'],
  ['a family of emoji', '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇰🇷'],
  ['letters outside the first plane', '𝔐𝔢𝔪𝔬 𠮷野家'],
  ['right-to-left text', 'مذكرة \u200fעברית'],
  ['invisible characters', 'zero\u200bwidth\u00a0no-break\ufeff'],
  ['what looks like code', '<b onclick="x()">$x %s \\n {{y}} \' OR 1=1 --'],
  ['spaces at both ends', '  padded  '],
];

/** Texts of many lines, for bodies alone. */
const KEPT_BODIES: readonly (readonly [string, string])[] = [
  ...KEPT,
  ['Windows line ends', 'one\r\ntwo\r\n'],
  ['every kind of line end', 'a\nb\rc\r\nd\n\n'],
  ['tabs', '\tindented\t\tby tabs'],
  ['nothing but white space', ' \n\t\n '],
];

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['a lone high surrogate', 'secret \ud83d', /surrogate/],
  ['a lone low surrogate', '\udc69 secret', /surrogate/],
  ['surrogates the wrong way round', 'secret \udc69\ud83d', /surrogate/],
  ['a null character', 'secret \u0000', /control/],
  ['a bell', 'secret \u0007', /control/],
  ['a vertical tab', 'secret \u000b', /control/],
  ['an escape sequence', '\u001b[31msecret', /control/],
  ['a delete character', 'secret \u007f', /control/],
  ['a C1 control character', 'secret \u009b', /control/],
];

/** Text: kept as it is sent, to the last character, or refused. */
export function textContract(stage: Stage): void {
  describe('text is kept as it is sent', () => {
    test.each(KEPT)('in titles, tags and names: %s', async (_, text) => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina, { title: text, tags: [text] });
      expect(await readMemo(mina, memo.id)).toMatchObject({ title: text, tags: [text] });
      const pad = await createPad(mina, text);
      expect((await readPad(mina, pad.id)).name).toBe(text);
    });

    test.each(KEPT_BODIES)('in bodies: %s', async (_, body) => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina, { body });
      expect((await readMemo(mina, id)).body).toBe(body);
    });
  });

  describe('text is refused, and nothing changes', () => {
    const places: readonly (readonly [string, (text: string) => object])[] = [
      ['a title', (title) => ({ title })],
      ['a body', (body) => ({ body })],
      ['a tag', (tag) => ({ tags: ['fine', tag] })],
    ];
    const cases = places.flatMap(([place, write]) =>
      REFUSED.map(([kind, text, gist]) => [place, kind, write(text), gist] as const),
    );
    test.each(cases)('in %s: %s', async (_, __, wrong, gist) => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina);
      const created = mina.attempt(CREATE_MEMO, { input: { title: 'Wrong', ...wrong } });
      const error = await expectRefusal(created, 'BAD_USER_INPUT', gist);
      expect(error.message).not.toContain('secret');
      const updated = mina.attempt(UPDATE_MEMO, { input: { id: memo.id, ...wrong } });
      await expectRefusal(updated, 'BAD_USER_INPUT', gist);
      expect(await readMemo(mina, memo.id)).toEqual(memo);
    });
  });

  test.each([
    ['white space', ' \u3000 '],
    ['characters that are never drawn', '\u200b\u2060\ufeff'],
  ])('a title, a tag and a name hold more than %s', async (_, text) => {
    const mina = await stage.person('Mina');
    for (const input of [{ title: text }, { title: 'Fine', tags: [text] }]) {
      await expectRefusal(mina.attempt(CREATE_MEMO, { input }), 'BAD_USER_INPUT', /white space/);
    }
    await expectRefusal(mina.attempt(CREATE_PAD, { name: text }), 'BAD_USER_INPUT', /white space/);
  });

  test('an excerpt never ends within a character', async () => {
    const mina = await stage.person('Mina');
    for (const character of ['가', '👩', 'e\u0301', 'x']) {
      for (const start of ['', 'a', 'aa', 'aaa']) {
        const { excerpt } = await createMemo(mina, { body: start + character.repeat(200) });
        expect(Buffer.from(excerpt).toString()).toBe(excerpt);
        expect(Buffer.byteLength(excerpt)).toBeLessThan(160);
        expect(excerpt.length).toBeGreaterThan(20);
      }
    }
  });
}
