import { describe, expect, test } from '@jest/globals';
import { expectRefusal } from '#tests/contract/refusal.ts';
import type { Stage } from '#tests/contract/stage.ts';

/** The surface: what the gateway keeps for itself and its subgraphs. */
export function surfaceSecurity(stage: Stage): void {
  describe('what only the gateway may ask its subgraphs is no part of the API', () => {
    test.each([
      ['_service', '{ _service { sdl } }'],
      [
        '_entities',
        '{ _entities(representations: [{ __typename: "User", id: "x" }]) { __typename } }',
      ],
      ['_Any', 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { email } } }'],
    ])('%s', async (name, document) => {
      const { attempt } = await stage.person('Attacker');
      const variables = { r: [{ __typename: 'User', id: (await stage.person('Owner')).id }] };
      await expectRefusal(attempt(document, variables), 'BAD_USER_INPUT', new RegExp(name));
    });
  });

  describe('the schema isn’t told in production', () => {
    test.each([
      ['by introspection', '{ __schema { types { name } } }'],
      ['by introspection of one type', '{ __type(name: "User") { fields { name } } }'],
      ['beside honest fields', '{ me { id } __schema { queryType { name } } }'],
      ['through a fragment', '{ ...F } fragment F on Query { s: __schema { queryType { name } } }'],
    ])('%s', async (_, document) => {
      const { attempt } = await stage.person('Attacker');
      const answer = await attempt(document);
      await expectRefusal(answer, 'BAD_USER_INPUT', /introspection/i);
    });

    test('by helpful guesses at what was meant', async () => {
      const { attempt } = await stage.person('Attacker');
      for (const document of ['{ memoz { id } }', '{ me { emal } }', 'mutation { signUpp }']) {
        const { message } = await expectRefusal(attempt(document), 'BAD_USER_INPUT');
        expect(message).not.toMatch(/did you mean/i);
      }
    });

    test('but a type’s own name is, as clients need it for their caches', async () => {
      const { data } = await stage.guest.attempt('{ __typename me { __typename } }');
      expect(data).toEqual({ __typename: 'Query', me: null });
    });
  });

  describe('one request is one attempt at a secret', () => {
    const guess = (name: string, index: number) =>
      `${name}${index}: signIn(input: { email: "a@example.com", password: "guess ${index}" }) { expiresAt }`;
    test.each([
      ['under two aliases', `mutation { ${guess('a', 1)} ${guess('a', 2)} }`],
      [
        'in a fragment',
        `mutation { ...F } fragment F on Mutation { ${guess('a', 1)} ${guess('b', 2)} }`,
      ],
      [
        'in an inline fragment',
        `mutation { ${guess('a', 1)} ... on Mutation { ${guess('b', 2)} } }`,
      ],
      [
        'of two kinds',
        `mutation { ${guess('a', 1)} refreshSession(refreshToken: "guess") { expiresAt } }`,
      ],
    ])('not more: %s', async (_, document) => {
      const answer = await stage.guest.attempt(document);
      expect(answer.errors.length).toBe(1);
      if (stage.differs('guesses')) await expectRefusal(answer, 'UNAUTHENTICATED');
      else await expectRefusal(answer, 'BAD_USER_INPUT', /at most one/);
    });
  });
}
