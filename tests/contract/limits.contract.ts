import { describe, expect, test } from '@jest/globals';
import { createMemo, MEMO, UPDATE_MEMO } from './memos.ts';
import { signUp } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const repeat = (times: number, write: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => write(index)).join(' ');

const nest = (depth: number): string =>
  depth === 0 ? 'id' : `memos { nodes { pad { ${nest(depth - 1)} } } }`;

/** Limits: what one request may ask for, and that an honest one stays well below. */
export function limitsContract(stage: Stage): void {
  describe('a request that asks for too much is refused before it runs', () => {
    test.each<[string, string]>([
      ['too deep', `{ pads { ${nest(10)} } }`],
      [
        'too deep through fragments',
        `{ pads { ...A } } ${repeat(12, fragment)} fragment Z on Pad { id }`,
      ],
    ])('%s', async (_, document) => {
      const { attempt } = await stage.person('Mina');
      await expectRefusal(attempt(document), 'BAD_USER_INPUT');
    });

    test.each<[string, string]>([
      ['too many aliases', `{ ${repeat(200, (index) => `a${index}: me { id }`)} }`],
      ['too many words', `{ me { ${repeat(12_000, () => 'id')} } }`],
      ['too many directives', `{ me { id ${repeat(500, () => '@include(if: true)')} } }`],
      [
        'too costly',
        '{ pads { memos(first: 100) { nodes { pad { memos(first: 100) { nodes { pad { members { user { id } } } } } } } } } }',
      ],
    ])('%s', async (_, document) => {
      const { attempt } = await stage.person('Mina');
      if (stage.differs('cost')) expect((await attempt(document)).status).toBe(200);
      else await expectRefusal(attempt(document), 'BAD_USER_INPUT');
    });

    test('many guesses of a password under aliases', async () => {
      const { email } = await signUp(stage.door);
      const guess = (index: number) =>
        `a${index}: signIn(input: { email: "${email}", password: "guess number ${index}" }) { accessToken }`;
      const answer = await stage.guest.attempt(`mutation { ${repeat(10, guess)} }`);
      if (!stage.differs('guesses')) return void (await expectRefusal(answer, 'BAD_USER_INPUT'));
      // Nothing may be null, so the first wrong one ends the request, and the rest aren't made.
      await expectRefusal(answer, 'UNAUTHENTICATED');
      expect([answer.data, answer.errors.length]).toEqual([null, 1]);
    });

    test('a body larger than any memo', async () => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina);
      const answer = mina.attempt(UPDATE_MEMO, { input: { id, body: 'x'.repeat(5_000_000) } });
      await expectRefusal(answer, 'PAYLOAD_TOO_LARGE');
      expect((await answer).status).toBe(413);
    });
  });

  describe('an honest request passes', () => {
    test('that shows everything of a page of memos and their people', async () => {
      const mina = await stage.person('Mina');
      const document = `query ($padId: ID!) {
        me { id displayName email }
        pads { id name role personal members { role user { id displayName } } }
        pad(id: $padId) { name memos(first: 20) { edges { cursor node {
          ${MEMO} pad { name role } author { displayName } lastEditor { displayName } } }
          pageInfo { hasNextPage endCursor } } } }`;
      expect(await mina.ask(document, { padId: mina.id })).toMatchObject({ me: { id: mina.id } });
    });

    test('that lists 100 memos as cards', async () => {
      const mina = await stage.person('Mina');
      const document = `{ memos(first: 100) { nodes { id title excerpt tags color pinned state
        taskCount doneTaskCount version updatedAt author { displayName } } } }`;
      expect(await mina.ask(document)).toMatchObject({ memos: { nodes: expect.any(Array) } });
    });

    test('with the longest body in the widest script, escaped in JSON', async () => {
      const mina = await stage.person('Mina');
      const body = '\u0001'.replace('\u0001', '한').repeat(100_000);
      expect((await createMemo(mina, { body })).body).toBe(body);
    });
  });
}

/** Each fragment goes one `memos { nodes { pad } }` deeper than the next. */
function fragment(index: number): string {
  const name = (place: number) => (place === 12 ? 'Z' : String.fromCharCode(65 + place));
  return `fragment ${name(index)} on Pad { memos { nodes { pad { ...${name(index + 1)} } } } }`;
}
