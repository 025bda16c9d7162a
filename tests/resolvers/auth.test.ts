import { describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { createUlid } from '#domain/viewer/ulid.ts';
import { PASSWORD } from '#tests/domain/auth/useAuth.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';

const app = useAppSyncApi();
const USER = 'id displayName email createdAt';
const PAYLOAD = `user { ${USER} } accessToken expiresAt refreshToken`;
const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { ${PAYLOAD} } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { ${PAYLOAD} } }`;
const REFRESH = `mutation ($token: String) { refreshSession(refreshToken: $token) { ${PAYLOAD} } }`;
const CHANGE = `mutation ($current: String!) {
  changePassword(currentPassword: $current, newPassword: "entirely other words") { ${PAYLOAD} }
}`;

let made = 0;

async function givenUser(displayName = '박미나') {
  made += 1;
  const email = `Person${made}@example.com`;
  const input = { email, password: PASSWORD, displayName };
  const { signUp } = await app.visitor.ask(SIGN_UP, { input });
  return { ...signUp, email, ...app.holder(signUp.accessToken) };
}

describe('the fields of the auth service', () => {
  test('sign up, in and out, and refresh', async () => {
    const mina = await givenUser();
    expect(mina.user).toEqual({
      id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      displayName: '박미나',
      email: mina.email,
      createdAt: expect.stringMatching(/^2026-.*Z$/),
    });
    const { signIn } = await app.visitor.ask(SIGN_IN, {
      input: { email: mina.email.toLowerCase(), password: PASSWORD },
    });
    expect(signIn.user).toEqual(mina.user);
    const { refreshSession } = await app.visitor.ask(REFRESH, { token: signIn.refreshToken });
    expect(refreshSession.user).toEqual(mina.user);
    expect(refreshSession.refreshToken).not.toBe(signIn.refreshToken);
    const later = app.holder(refreshSession.accessToken);
    const { sessions } = await later.ask('{ sessions { id current userAgent createdAt } }');
    expect(sessions).toMatchObject([
      { current: true, userAgent: 'a test' },
      { current: false, userAgent: 'a test' },
    ]);
    expect(await later.ask('mutation { signOut }')).toEqual({ signOut: true });
    const revoke = 'mutation ($id: ID!) { revokeSession(id: $id) }';
    expect(await mina.ask(revoke, { id: sessions[0].id }).catch(String)).toMatch(/NOT_FOUND/);
    expect(await later.refused(revoke, { id: sessions[1].id })).toMatch(/^UNAUTHENTICATED/);
  });

  test('change the name and the password of the viewer', async () => {
    const mina = await givenUser();
    const renamed = await mina.ask(
      'mutation { updateProfile(displayName: "이준") { name: displayName } }',
    );
    expect(renamed).toEqual({ updateProfile: { name: '이준' } });
    expect(await mina.ask(`{ me { ${USER} } }`)).toEqual({
      me: { ...mina.user, displayName: '이준' },
    });
    const { changePassword } = await mina.ask(CHANGE, { current: PASSWORD });
    expect(await mina.refused('mutation { signOutEverywhere }')).toMatch(/^UNAUTHENTICATED/);
    const next = app.holder(changePassword.accessToken);
    expect(await next.ask('mutation { signOutEverywhere }')).toEqual({ signOutEverywhere: true });
  });

  test('end with the auth service’s own words', async () => {
    const { email } = await givenUser();
    const wrong = { email, password: 'a wrong guess' };
    expect(await app.visitor.refused(SIGN_IN, { input: wrong })).toBe(
      'UNAUTHENTICATED: The e-mail address or the password is wrong.',
    );
    const again = { email, password: PASSWORD, displayName: 'x' };
    expect(await app.visitor.refused(SIGN_UP, { input: again })).toMatch(/^CONFLICT: /);
    expect(await app.visitor.refused(REFRESH, { token: null })).toMatch(/^UNAUTHENTICATED: /);
  });

  test('take a token without Bearer, as AWS’s own clients send it', async () => {
    const mina = await givenUser();
    const headers = { authorization: mina.accessToken };
    const caller = await app.api.identify(
      { method: 'POST', path: '/graphql', headers, body: Buffer.of() },
      '127.0.0.1',
    );
    const { answer } = await app.api.execute(
      { query: '{ me { id } }' },
      { caller, facts: { headers } },
    );
    expect(answer).toEqual({ data: { me: { id: mina.user.id } } });
  });

  test('are not for an API key, but those that sign in', async () => {
    for (const query of [
      '{ me { id } }',
      '{ sessions { id } }',
      'mutation { signOut }',
      'mutation { signOutEverywhere }',
      'mutation { revokeSession(id: "1") }',
      'mutation { updateProfile(displayName: "x") { id } }',
      'mutation { changePassword(currentPassword: "x", newPassword: "y") { expiresAt } }',
      '{ pads { id } }',
      'mutation { createPad(name: "x") { id } }',
    ]) {
      expect(await app.visitor.refused(query)).toMatch(/^Unauthorized: Not Authorized to access/);
    }
  });
});

describe('a token of our issuer that is no access token', () => {
  const EVERY_CHAIN = [
    '{ me { id } }',
    '{ sessions { id } }',
    'mutation { signOut }',
    'mutation { signOutEverywhere }',
    'mutation { revokeSession(id: "1") }',
    'mutation { updateProfile(displayName: "x") { id } }',
    'mutation { changePassword(currentPassword: "x", newPassword: "y") { expiresAt } }',
    '{ pads { id } }',
    '{ pad(id: "PAD") { id } }',
    'mutation { createPad(name: "x") { id } }',
    'mutation { renamePad(id: "PAD", name: "x") { id } }',
    'mutation { deletePad(id: "PAD") }',
    'mutation { createInvite(padId: "PAD", role: VIEWER) { id } }',
    'mutation { revokeInvite(padId: "PAD", id: "x") }',
    'mutation { acceptInvite(secret: "x") { id } }',
    'mutation { setRole(padId: "PAD", userId: "PAD", role: VIEWER) { id } }',
    'mutation { removeMember(padId: "PAD", userId: "PAD") { id } }',
    'mutation { leavePad(padId: "PAD") }',
  ];
  const PAD = '01JZZZZZZZZZZZZZZZZZZZZZZP';
  const GOOD = { token_use: 'access', sub: PAD, sid: PAD };

  async function tokenWith(claims: Record<string, unknown>): Promise<string> {
    const { url, kid, privateKey } = app.issuer;
    const now = Math.floor(app.nowMs / 1000);
    return new SignJWT({ iat: now, exp: now + 120, jti: 'x', aud: 'memopad', iss: url, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(privateKey);
  }

  test.each([
    ['a watch token', { token_use: 'watch', pad: PAD }, 'token_use "access"'],
    ['one for a pad', { token_use: 'watch', pad: PAD, sub: PAD, sid: PAD }, 'token_use "access"'],
    ['one without a use', { sub: PAD, sid: PAD }, 'token_use "access"'],
    ['one without a session', { token_use: 'access', sub: PAD }, 'the claim "sid", got none'],
    ['one that names a pad', { token_use: 'access', sub: PAD, sid: PAD, pad: PAD }, 'no claim pad'],
    ['one for others, too', { ...GOOD, aud: ['memopad', 'another'] }, 'one audience'],
    ['one without an id', { ...GOOD, jti: undefined }, 'the claim "jti", got none'],
    ['one of the future', { ...GOOD, iat: 4_000_000_000, exp: 4_000_000_900 }, 'issued before now'],
    ['one of another kind of user', { token_use: 'access', sub: 'x', sid: PAD }, 'name somebody'],
  ])('(%s) ends every chain', async (_, claims, problem) => {
    const holder = app.holder(await tokenWith({ sub: 'nobody', ...claims }));
    for (const query of EVERY_CHAIN) {
      const refusal = await holder.refused(query.replaceAll('PAD', PAD));
      expect({ query, refusal }).toEqual({
        query,
        refusal: expect.stringMatching(/^UNAUTHENTICATED: The access token was refused: expected/),
      });
      expect(refusal).toContain(problem);
    }
  });
});

describe('the users of an answer', () => {
  const MEMBERS = `query ($id: ID!) { pad(id: $id) { members { user { ${USER} } } } }`;

  test('are told with their own e-mail address alone', async () => {
    const [mina, joon] = [await givenUser(), await givenUser('이준')];
    const { createPad } = await mina.ask('mutation { createPad(name: "x") { id } }');
    const { id } = createPad;
    const { createInvite } = await mina.ask(
      'mutation ($id: ID!) { createInvite(padId: $id, role: VIEWER) { secret } }',
      { id },
    );
    await joon.ask('mutation ($secret: String!) { acceptInvite(secret: $secret) { id } }', {
      secret: createInvite.secret,
    });
    const { pad } = await joon.ask(MEMBERS, { id });
    expect(pad.members).toEqual([
      { user: { ...mina.user, email: null } },
      { user: { ...joon.user, email: joon.email } },
    ]);
  });

  test('stay readable when they are gone', async () => {
    const id = createUlid(app.nowMs, (length) => new Uint8Array(length));
    const { token } = await app.issuer.issue({ userId: id, sessionId: id });
    const { pad } = await app.holder(token).ask(MEMBERS, { id });
    expect(pad.members).toEqual([
      { user: { id, displayName: '', email: null, createdAt: expect.any(String) } },
    ]);
  });
});
