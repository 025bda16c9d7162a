import { describe, expect, test } from '@jest/globals';
import { CREATE_MEMO, createMemo, listAllTitles, READ_MEMO, readMemo } from './memos.ts';
import { givenSharedPad, LIST_PADS } from './pads.ts';
import type { Variables } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const REFUSED = { extensions: { code: 'UNAUTHENTICATED' } };

/** Errors: one of eight codes each, a message that helps, and nothing that must stay inside. */
export function errorsContract(stage: Stage): void {
  describe('a document that makes no sense is BAD_USER_INPUT', () => {
    test.each<[string, string, Variables, RegExp]>([
      ['no document', '', {}, /./],
      ['no GraphQL', 'memos please', {}, /Syntax Error/],
      ['an unclosed brace', '{ me { id }', {}, /Syntax Error/],
      ['a field that isn’t there', '{ me { id password } }', {}, /password/],
      ['an argument that isn’t there', '{ memos(last: 3) { nodes { id } } }', {}, /last/],
      ['an argument left out', '{ memo { id } }', {}, /id/],
      ['a list where one is wanted', '{ memo(id: ["x"]) { id } }', {}, /ID/],
      ['fields of a scalar', '{ me { id { id } } }', {}, /id/],
      ['an object without fields', '{ me }', {}, /me/],
      ['a variable left out', READ_MEMO, {}, /\$id/],
      ['a variable of another type', READ_MEMO, { id: { $ne: '' } }, /\$id/],
      [
        'an input field that isn’t there',
        CREATE_MEMO,
        { input: { title: 't', owner: 'x' } },
        /owner/,
      ],
      ['an input field left out', CREATE_MEMO, { input: { body: 'b' } }, /title/],
      ['a subscription', 'subscription { memoChanges { seq } }', {}, /./],
      [
        'two operations and no choice',
        'query A { me { id } } query B { me { id } }',
        {},
        /operation/i,
      ],
      ['a fragment that contains itself', '{ me { ...F } } fragment F on User { ...F }', {}, /F/],
    ])('%s', async (_, document, variables, gist) => {
      const { attempt } = await stage.person('Mina');
      await expectRefusal(attempt(document, variables), 'BAD_USER_INPUT', gist);
    });
  });

  describe('an operation that fails in part', () => {
    test('still answers the rest', async () => {
      const mina = await stage.person('Mina');
      const answer = await mina.attempt('{ me { id } lost: memo(id: "x") { id } }');
      expect(answer.data).toEqual({ me: { id: mina.id }, lost: null });
      expect(answer.errors).toMatchObject([{ path: ['lost'], extensions: { code: 'NOT_FOUND' } }]);
    });

    test('answers a visitor without a token what is public', async () => {
      const publicToo = stage.differs('nobody') ? [{ path: ['me'], ...REFUSED }] : [];
      const answer = await stage.guest.attempt('{ me { id } memo(id: "x") { id } }');
      expect(answer.data).toEqual({ me: null, memo: null });
      expect(answer.errors).toMatchObject([...publicToo, { path: ['memo'], ...REFUSED }]);
    });

    test('keeps the writes that were accepted before', async () => {
      const mina = await stage.person('Mina');
      const { id: padId } = await givenSharedPad(mina);
      const document = `mutation ($padId: ID) {
        first: createMemo(input: { padId: $padId, title: "kept" }) { id }
        second: createMemo(input: { padId: $padId, title: "" }) { id } }`;
      const { errors } = await mina.attempt(document, { padId });
      expect(errors).toMatchObject([{ path: ['second'], extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(await listAllTitles(mina, { padId })).toEqual(['kept']);
    });
  });

  describe('a token that isn’t good', () => {
    test('refuses the whole request, public fields and all', async () => {
      const answer = await stage.door.execute('{ me { id } }', { token: 'not.a.token' });
      await expectRefusal(answer, 'UNAUTHENTICATED', /token/);
      expect(answer.status).toBe(401);
      const challenge = answer.headers['www-authenticate'] ?? '';
      expect(challenge).toMatch(stage.differs('challenge') ? /^$/ : /^Bearer/);
    });

    test('changes nothing', async () => {
      const mina = await stage.person('Mina');
      const { id: padId } = await givenSharedPad(mina);
      const variables = { input: { padId, title: 'By nobody' } };
      const token = `${mina.token}x`;
      await expectRefusal(stage.door.execute(CREATE_MEMO, { variables, token }), 'UNAUTHENTICATED');
      expect(await listAllTitles(mina, { padId })).toEqual([]);
    });
  });

  describe('what goes wrong on our side', () => {
    const CAUSE = 'the disk under table memo-prod-eu is full';

    test('is INTERNAL, with an id to ask about and without the cause', async () => {
      const mina = await stage.person('Mina');
      const answer = await stage.door.failing(CAUSE, () => mina.attempt(LIST_PADS));
      const error = await expectRefusal(answer, 'INTERNAL', /request id/i);
      expect(error.extensions.requestId).toEqual(expect.any(String));
      expect(JSON.stringify(answer)).not.toMatch(/disk|memo-prod|node_modules|\.ts:/);
    });

    test('is over when the cause is', async () => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina);
      await stage.door.failing(CAUSE, () => mina.attempt(READ_MEMO, { id: memo.id }));
      expect(await readMemo(mina, memo.id)).toEqual(memo);
    });
  });
}
