import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { signIn } from '#domain/auth/signIn.ts';
import { signUp } from '#domain/auth/signUp.ts';
import { isUlid, ulidTime } from '#domain/viewer/ulid.ts';
import { expectError } from './expectError.ts';
import { CLIENT, NO_THROTTLE, PASSWORD, useAuth, viewerOf } from './useAuth.ts';

const signUpBySource = { freeAttempts: 4, delaysSeconds: [60], forgetAfterSeconds: 3600 };
const app = useAuth({ ...NO_THROTTLE, signUpBySource });

let source = 0;
const somewhere = () => {
  source += 1;
  return { ...CLIENT, sourceIp: `198.51.100.${source}` };
};
const INPUT = { password: PASSWORD, displayName: '박미나' };

describe('signing up', () => {
  test('makes a user whose id tells when, and signs them in', async () => {
    const input = { ...INPUT, email: 'Mina@Example.com' };
    const signedIn = await signUp(app.auth, input, somewhere());
    const { id } = signedIn.user;
    const createdAt = new Date(app.nowMs).toISOString();
    expect(signedIn.user).toEqual({
      id,
      email: 'Mina@Example.com',
      displayName: '박미나',
      createdAt,
    });
    expect(isUlid(id)).toBe(true);
    expect(ulidTime(id)).toBe(app.nowMs);
    expect((await viewerOf(app.issuer, signedIn)).userId).toBe(id);
    expect(Date.parse(signedIn.expiresAt)).toBe(app.nowMs + 15 * 60 * 1000);
  });

  test('keeps neither the password nor a refresh token, only hashes', async () => {
    const input = { ...INPUT, email: 'kept@example.com' };
    const { user, refreshToken } = await signUp(app.auth, input, somewhere());
    const rows = await app.table.dynamoDb.send(new ScanCommand({ TableName: 'test' }));
    const kept = JSON.stringify(rows.Items);
    expect(kept).toContain(user.id);
    for (const secret of [PASSWORD, ...refreshToken.split('.').slice(2)]) {
      expect(kept).not.toContain(secret);
    }
    expect((await app.auth.users.find(user.id))?.passwordHash).toMatch(/^\$argon2id\$v=19\$/);
  });

  test('refuses an e-mail address that has a user, in any case', async () => {
    const first = await signUp(app.auth, { ...INPUT, email: 'taken@example.com' }, somewhere());
    const again = { ...INPUT, email: 'TAKEN@example.COM', displayName: 'Another' };
    await expectError(signUp(app.auth, again, somewhere()), 'CONFLICT', /e-mail/);
    const { user } = await signIn(app.auth, { ...INPUT, email: 'taken@example.com' }, CLIENT);
    expect(user).toEqual(first.user);
  });

  test('gives an address that several ask for at once to one of them', async () => {
    const tries = Array.from({ length: 4 }, (_, index) =>
      signUp(
        app.auth,
        { ...INPUT, email: 'race@example.com', displayName: `${index}` },
        somewhere(),
      ),
    );
    const outcomes = (await Promise.allSettled(tries)).map(({ status }) => status);
    expect(outcomes.filter((status) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each([
    ['e-mail address', { email: 'nobody' }, /name@example\.com/],
    ['password', { password: 'short' }, /8 to 256 characters, got 5/],
    ['common password', { password: 'password123' }, /common/],
    ['password that is the e-mail address', { password: 'NEW@example.com' }, /other than/],
    ['display name', { displayName: ' ' }, /display name/],
  ])('refuses a bad %s and makes nobody', async (_, wrong, message) => {
    const input = { ...INPUT, email: 'new@example.com', ...wrong };
    await expectError(signUp(app.auth, input, somewhere()), 'BAD_USER_INPUT', message);
    expect(await app.auth.users.findIdByEmail('new@example.com')).toBeNull();
  });

  test('is throttled by where it comes from, whether or not it succeeds', async () => {
    const client = somewhere();
    const attempt = (name: string, from = client) =>
      signUp(app.auth, { ...INPUT, email: `${name}@example.com` }, from);
    await attempt('many1');
    await attempt('many2');
    await expectError(attempt('many1'), 'CONFLICT');
    await attempt('many3');
    const refused = await expectError(attempt('many4'), 'RATE_LIMITED', /60 seconds/);
    expect(refused.details).toEqual({ retryAfterSeconds: 60 });
    expect(await app.auth.users.findIdByEmail('many4@example.com')).toBeNull();
    await attempt('elsewhere', somewhere());
    app.pass(60);
    await attempt('many4');
  });
});
