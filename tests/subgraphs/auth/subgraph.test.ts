import { describe, expect, test } from '@jest/globals';
import { createAuthService } from '#subgraphs/auth/server.ts';
import { CHEAP, CLIENT, NO_THROTTLE, PASSWORD } from '#tests/domain/auth/useAuth.ts';
import { refusesForgedTokens } from '#tests/security/tokens.ts';
import { givenPerson, PAYLOAD, SIGN_IN, SIGN_UP, useAuthService } from './useAuthService.ts';

const app = useAuthService();
const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on User { id displayName email createdAt } }
}`;
const representations = (ids: readonly string[]) => ids.map((id) => ({ __typename: 'User', id }));

describe('the auth subgraph', () => {
  test('signs up, in and out, and refreshes', async () => {
    const input = { email: 'Mina@example.com', password: PASSWORD, displayName: '박미나' };
    const up = await app.ask(SIGN_UP, { variables: { input } });
    expect(up.errors).toEqual([]);
    expect(up.data.signUp.user).toMatchObject({ email: 'Mina@example.com', displayName: '박미나' });
    const { displayName: _, ...credentials } = input;
    app.nowMs += 1_000;
    const { data } = await app.ask(SIGN_IN, { variables: { input: credentials } });
    const { accessToken: token, refreshToken } = data.signIn;
    const refresh = `mutation ($token: String) { refreshSession(refreshToken: $token) { ${PAYLOAD} } }`;
    const refreshed = await app.ask(refresh, { variables: { token: refreshToken } });
    expect(refreshed.data.refreshSession.user).toEqual(up.data.signUp.user);
    const { data: list } = await app.ask('{ sessions { id current userAgent } }', { token });
    expect(list.sessions).toMatchObject([
      { current: true, userAgent: 'a test' },
      { current: false, userAgent: 'a test' },
    ]);
    const out = await app.ask('mutation { signOut }', { token });
    expect(out.data).toEqual({ signOut: true });
    const id = list.sessions[1].id;
    const revoke = await app.ask(`mutation { revokeSession(id: "${id}") }`, { token });
    expect(revoke.code).toBe('UNAUTHENTICATED');
  });

  test('changes the name and the password of the viewer', async () => {
    const { token, id } = await givenPerson(app);
    const renamed = await app.ask(
      'mutation { updateProfile(displayName: "이준") { id displayName } }',
      {
        token,
      },
    );
    expect(renamed.data.updateProfile).toEqual({ id, displayName: '이준' });
    const change = `mutation ($current: String!) {
      changePassword(currentPassword: $current, newPassword: "entirely other words") { ${PAYLOAD} }
    }`;
    const changed = await app.ask(change, { token, variables: { current: PASSWORD } });
    const next = changed.data.changePassword.accessToken;
    const everywhere = 'mutation { signOutEverywhere }';
    expect((await app.ask(everywhere, { token })).code).toBe('UNAUTHENTICATED');
    expect((await app.ask(everywhere, { token: next })).data).toEqual({ signOutEverywhere: true });
  });

  test('knows nobody without a token', async () => {
    expect((await app.ask('{ me { id } }')).data).toEqual({ me: null });
    for (const query of [
      '{ sessions { id } }',
      'mutation { signOut }',
      'mutation { signOutEverywhere }',
      'mutation { revokeSession(id: "1") }',
      'mutation { updateProfile(displayName: "x") { id } }',
      'mutation { changePassword(currentPassword: "x", newPassword: "y") { expiresAt } }',
    ]) {
      expect({ query, code: (await app.ask(query)).code }).toEqual({
        query,
        code: 'UNAUTHENTICATED',
      });
    }
  });

  test.each([
    ['a number', 5],
    ['an object', { toString: 'x' }],
    ['a list', ['a@example.com', 'b@example.com']],
    ['null', null],
  ])('refuses an e-mail address that is %s', async (_, email) => {
    const input = { email, password: PASSWORD };
    const { code } = await app.ask(SIGN_IN, { variables: { input } });
    expect(code).toBe('BAD_USER_INPUT');
    const literal = JSON.stringify(email).replaceAll('"toString"', 'toString');
    const inline = `mutation { signIn(input: { email: ${literal}, password: "x" }) { expiresAt } }`;
    expect((await app.ask(inline)).code).toBe('BAD_USER_INPUT');
  });

  test('tells a wrong password by its code, and nothing else', async () => {
    const { email } = await givenPerson(app);
    const input = { email, password: 'a wrong guess' };
    const answer = await app.ask(SIGN_IN, { variables: { input } });
    expect(answer.errors).toEqual([
      {
        message: 'The e-mail address or the password is wrong.',
        path: ['signIn'],
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ]);
  });

  test('tells how long to wait in the extensions', async () => {
    const { url: issuer, signingKey, verify } = app.issuer;
    const strict = { freeAttempts: 0, delaysSeconds: [45], forgetAfterSeconds: 60 };
    const throttle = { ...NO_THROTTLE, passwordByAccount: strict };
    const { clock, log } = { clock: () => app.nowMs, log: () => {} };
    const service = { table: app.table, issuer, signingKey, verify, throttle, clock, log };
    const { subgraph } = createAuthService({ ...service, passwordCost: CHEAP });
    const input = { email: 'throttled@example.com', password: 'a wrong guess' };
    const request = {
      query: SIGN_IN,
      variables: { input },
      client: CLIENT,
      requestId: 'request-1',
    };
    await subgraph(request);
    expect((await subgraph(request)).errors).toMatchObject([
      { extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 45 } },
    ]);
  });

  test('has no field for anything secret', async () => {
    for (const field of ['passwordHash', 'sessionGeneration', 'familyHash', 'secretHash']) {
      const { code } = await app.ask(`{ me { ${field} } }`);
      expect({ field, code }).toEqual({ field, code: 'BAD_USER_INPUT' });
    }
  });
});

describe('a request with two operations that try a secret', () => {
  test.each([
    ['the same one aliased', 'one: signIn', 'other: signIn'],
    ['two of them', 'signIn', 'signUp'],
  ])('has the second refused: %s', async (_, first, second) => {
    const { email } = await givenPerson(app);
    const input = `email: "${email}", password: "${PASSWORD}"`;
    const both = `mutation {
      ${first}(input: { ${input} }) { expiresAt }
      ${second}(input: { ${input} ${second === 'signUp' ? ', displayName: "x"' : ''} }) { expiresAt }
    }`;
    const { data, errors } = await app.ask(both);
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        path: [second.split(':')[0]],
        message: expect.stringMatching(/in a request, got another/),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  test('has it refused for refreshSession and changePassword, too', async () => {
    const fields = [
      'refreshSession(refreshToken: "x") { expiresAt }',
      'changePassword(currentPassword: "x", newPassword: "y") { expiresAt }',
    ];
    // An error nulls the whole answer before a second field runs, so that the first one has to succeed.
    const { token, refreshToken } = await givenPerson(app);
    const first = `refreshSession(refreshToken: "${refreshToken}") { expiresAt }`;
    for (const field of fields) {
      const { errors } = await app.ask(`mutation { ${first} second: ${field} }`, { token });
      expect(errors).toMatchObject([
        { path: ['second'], message: expect.stringMatching(/in a request, got another/) },
      ]);
    }
  });
});

describe('users that other services refer to', () => {
  test('are read in one batch, each once', async () => {
    const people = [await givenPerson(app), await givenPerson(app)];
    const ids = [...people, ...people].map(({ id }) => id);
    app.commands.length = 0;
    const { data } = await app.ask(ENTITIES, {
      variables: { representations: representations(ids) },
    });
    expect(app.commands).toEqual(['BatchGetItemCommand']);
    expect(data._entities.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  test('are read in batches that DynamoDB takes', async () => {
    const { id } = await givenPerson(app);
    const ids = Array.from({ length: 150 }, (_, index) => {
      return `01ARZ3NDEKTSV4RRFFQ69G${String(index).padStart(4, '0')}`;
    });
    app.commands.length = 0;
    const { data } = await app.ask(ENTITIES, {
      variables: { representations: representations([...ids, id]) },
    });
    expect(app.commands).toEqual(['BatchGetItemCommand', 'BatchGetItemCommand']);
    expect(data._entities).toHaveLength(151);
    expect(data._entities[150]).toMatchObject({ displayName: '박미나' });
  });

  test('show their e-mail address to themselves alone', async () => {
    const [mina, jun] = [await givenPerson(app), await givenPerson(app)];
    const { data } = await app.ask(ENTITIES, {
      token: mina.token,
      variables: { representations: representations([mina.id, jun.id]) },
    });
    expect(data._entities).toMatchObject([{ email: mina.email }, { email: null }]);
  });

  test('never null a list when they are gone or were never there', async () => {
    const { id } = await givenPerson(app);
    const ids = ['01ARZ3NDEKTSV4RRFFQ69G5FAV', 'junk', id];
    const { data, errors } = await app.ask(ENTITIES, {
      variables: { representations: representations(ids) },
    });
    expect(errors).toEqual([]);
    expect(data._entities).toMatchObject([
      { displayName: '', email: null, createdAt: '2016-07-30T23:54:10.259Z' },
      { id: 'junk', displayName: '', createdAt: '1970-01-01T00:00:00.000Z' },
      { displayName: '박미나' },
    ]);
  });
});

describe('the auth subgraph and access tokens', () => {
  refusesForgedTokens({
    issuer: () => app.issuer,
    clock: () => app.nowMs,
    ask: async (authorization) =>
      (await app.ask('{ me { id } }', { authorization })).code ?? 'SERVED',
  });
});
