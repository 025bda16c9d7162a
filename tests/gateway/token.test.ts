import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { VerifyAuthorization } from '#domain/viewer/accessToken.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';
import { MINA, onlyError, useGateway } from './gateway.ts';

const auth = { Query: { me: () => null } };
const ME = '{ me { id } }';

describe('a request', () => {
  const gateway = useGateway({ auth });
  beforeEach(gateway.forget);

  test('without a token runs', async () => {
    expect((await gateway.ask(ME)).body).toEqual({ data: { me: null } });
  });

  test('with a good token runs, and the subgraph gets the header to check again', async () => {
    const { status } = await gateway.ask(ME, {}, { authorization: 'Bearer good' });
    expect(status).toBe(200);
    expect(gateway.asked).toMatchObject([{ request: { authorization: 'Bearer good' } }]);
  });

  test.each(['application/json', 'application/graphql-response+json'])(
    'with a bad token is 401 as a GraphQL error, and nothing runs: %s',
    async (accept) => {
      const answer = await gateway.ask(ME, {}, { authorization: 'Bearer bad', accept });
      expect(answer.status).toBe(401);
      expect(answer.headers['content-type']).toBe(`${accept}; charset=utf-8`);
      expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
      expect(onlyError(answer)).toEqual({
        message: 'The access token was refused: it has expired.',
        extensions: { code: 'UNAUTHENTICATED' },
      });
      expect(gateway.asked).toEqual([]);
    },
  );

  test('with a bad token and a bad query is 401: its sender learns nothing of the schema', async () => {
    const { status } = await gateway.ask('{ nothing }', {}, { authorization: 'Bearer bad' });
    expect(status).toBe(401);
  });
});

describe('a token that is signed', () => {
  let issuer: TestIssuer;
  const verify: VerifyAuthorization = (authorization) => issuer.verify(authorization);
  const gateway = useGateway({ auth, verify });
  let good: string;
  beforeAll(async () => {
    issuer = await createTestIssuer();
    const { token } = await issuer.issue({ userId: MINA, sessionId: 'session' });
    good = `Bearer ${token}`;
  });

  test('is taken', async () => {
    expect((await gateway.ask(ME, {}, { authorization: good })).status).toBe(200);
  });

  test('is refused with one character changed', async () => {
    const forged = good.replace(
      /.{5}$/,
      (end) => `${end.startsWith('A') ? 'B' : 'A'}${end.slice(1)}`,
    );
    expect((await gateway.ask(ME, {}, { authorization: forged })).status).toBe(401);
  });

  test('is refused when there are two of them, even the same', async () => {
    const answer = await gateway.ask(ME, {}, { authorization: [good, good] });
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(good.slice(-40));
  });
});

describe('when tokens cannot be verified', () => {
  const gateway = useGateway({
    auth,
    verify: async () => {
      throw new Error('the keys of https://auth.internal are out of reach');
    },
  });

  test('the request is 500 without the cause, which the log tells apart from a bad token', async () => {
    const answer = await gateway.ask(ME, {}, { authorization: 'Bearer good' });
    expect(answer.status).toBe(500);
    const { extensions } = onlyError(answer);
    expect(extensions).toEqual({ code: 'INTERNAL', requestId: answer.headers['x-request-id'] });
    expect(answer.text).not.toContain('auth.internal');
    expect(gateway.lines).toMatchObject([
      { level: 'error', message: 'unexpected error', requestId: extensions.requestId },
      { level: 'error', message: 'request', status: 500, errorCodes: ['INTERNAL'] },
    ]);
  });
});
