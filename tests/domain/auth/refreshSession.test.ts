import { describe, expect, test } from '@jest/globals';
import { listSessions } from '#domain/auth/listSessions.ts';
import { refreshSession } from '#domain/auth/refreshSession.ts';
import { signIn } from '#domain/auth/signIn.ts';
import { signOut } from '#domain/auth/signOut.ts';
import { signOutEverywhere } from '#domain/auth/signOutEverywhere.ts';
import { expectError } from './expectError.ts';
import { CLIENT, givenPerson, PASSWORD, type TestPerson, useAuth, viewerOf } from './useAuth.ts';

const DAY = 86_400;
const app = useAuth();

const refresh = (refreshToken: string | null) => refreshSession(app.auth, refreshToken);
const expectRefused = (refreshToken: string | null) =>
  expectError(refresh(refreshToken), 'UNAUTHENTICATED', /refresh token/);
const sessionsOf = ({ viewer }: TestPerson) => listSessions(app.auth, viewer);

/** Replaces parts of a refresh token: user id, session id, family secret, secret. */
const withParts = (token: string, parts: Readonly<Record<number, string>>): string =>
  Object.assign(token.split('.'), parts).join('.');

describe('refreshing a session', () => {
  test('gives a new pair for the same user and session', async () => {
    const person = await givenPerson(app);
    app.pass(600);
    const next = await refresh(person.refreshToken);
    expect(next.user).toEqual(person.user);
    expect(await viewerOf(app.issuer, next)).toEqual(person.viewer);
    expect(Date.parse(next.expiresAt)).toBe(app.nowMs + 15 * 60 * 1000);
    expect(next.refreshToken).not.toBe(person.refreshToken);
    expect(await sessionsOf(person)).toMatchObject([
      { lastUsedAt: new Date(app.nowMs).toISOString() },
    ]);
    expect((await refresh(next.refreshToken)).user).toEqual(person.user);
  });

  test('gives the very same successor within the grace window of 30 seconds', async () => {
    const { refreshToken } = await givenPerson(app);
    const next = await refresh(refreshToken);
    app.pass(29);
    const again = await refresh(refreshToken);
    expect(again.refreshToken).toBe(next.refreshToken);
    expect(again.accessToken).not.toBe(next.accessToken);
    await refresh(next.refreshToken);
  });

  test('gives two who use one token at once the same successor', async () => {
    const { refreshToken } = await givenPerson(app);
    const { sessions } = app.auth;
    const bothHaveRead = barrier(2);
    const racing = {
      ...sessions,
      rotate: async (...args: Parameters<typeof sessions.rotate>) => {
        await bothHaveRead();
        return sessions.rotate(...args);
      },
    };
    const answers = await Promise.all(
      [1, 2].map(() => refreshSession({ ...app.auth, sessions: racing }, refreshToken)),
    );
    const [one, other] = answers.map((answer) => answer.refreshToken);
    expect(one).toBe(other);
    await refresh(one ?? '');
  });

  test('ends the session when a used token comes back after the grace window, and logs it', async () => {
    const person = await givenPerson(app);
    const other = await signIn(app.auth, { email: person.email, password: PASSWORD }, CLIENT);
    const next = await refresh(person.refreshToken);
    app.pass(30);
    await expectRefused(person.refreshToken);
    await expectRefused(next.refreshToken);
    const { userId, sessionId } = person.viewer;
    expect(app.logged).toEqual([
      { level: 'warn', message: 'refresh token reused: session ended', userId, sessionId },
    ]);
    expect((await refresh(other.refreshToken)).user).toEqual(person.user);
  });

  test('ends the session when a token older than the last one comes back, even at once', async () => {
    const person = await givenPerson(app);
    const next = await refresh(person.refreshToken);
    const newest = await refresh(next.refreshToken);
    await expectRefused(person.refreshToken);
    await expectRefused(newest.refreshToken);
  });

  test('ends nothing when the right ids come with a family secret that is wrong', async () => {
    const person = await givenPerson(app);
    const [userId = '', sessionId = '', family = ''] = person.refreshToken.split('.');
    const junk = 'A'.repeat(43);
    await expectRefused([userId, sessionId, junk, junk].join('.'));
    await expectRefused(withParts(person.refreshToken, { 2: junk }));
    await expectRefused(withParts(person.refreshToken, { 2: family.slice(0, -1) }));
    expect(app.logged).toEqual([]);
    await refresh(person.refreshToken);
  });

  test("ends nobody else's session with one's own secrets", async () => {
    const [mina, jun] = [await givenPerson(app), await givenPerson(app)];
    const [userId = '', sessionId = ''] = mina.refreshToken.split('.');
    await expectRefused(withParts(jun.refreshToken, { 0: userId, 1: sessionId }));
    await expectRefused(withParts(jun.refreshToken, { 0: userId }));
    await expectRefused(withParts(jun.refreshToken, { 1: sessionId }));
    await refresh(mina.refreshToken);
    await refresh(jun.refreshToken);
  });

  test.each([
    ['no token', null],
    ['an empty text', ''],
    ['dots', '...'],
    ['a long text', 'x'.repeat(100_000)],
    [
      'ids that are none',
      `${'x'.repeat(26)}.${'x'.repeat(26)}.${'a'.repeat(43)}.${'b'.repeat(43)}`,
    ],
    ['ids of nobody', `${'0'.repeat(26)}.${'0'.repeat(26)}.${'a'.repeat(43)}.${'b'.repeat(43)}`],
  ])('refuses %s', async (_, refreshToken) => {
    await expectRefused(refreshToken);
  });

  test('refuses an access token', async () => {
    await expectRefused((await givenPerson(app)).accessToken);
  });
});

describe('a session', () => {
  test('ends when it was not used for 30 days, whether or not its row is still there', async () => {
    const { refreshToken } = await givenPerson(app);
    app.pass(30 * DAY - 1);
    const next = await refresh(refreshToken);
    app.pass(30 * DAY);
    await expectRefused(next.refreshToken);
  });

  test('ends after 180 days, however much it is used', async () => {
    let { refreshToken } = await givenPerson(app);
    for (let days = 0; days < 175; days += 25) {
      app.pass(25 * DAY);
      ({ refreshToken } = await refresh(refreshToken));
    }
    app.pass(5 * DAY - 1);
    ({ refreshToken } = await refresh(refreshToken));
    app.pass(1);
    await expectRefused(refreshToken);
  });

  test('can not be refreshed after signing out, in one place or everywhere', async () => {
    const [mina, jun] = [await givenPerson(app), await givenPerson(app)];
    await signOut(app.auth, mina.viewer);
    await signOutEverywhere(app.auth, jun.viewer);
    await expectRefused(mina.refreshToken);
    await expectRefused(jun.refreshToken);
  });

  test('is not brought back by a refresh that was under way when it ended', async () => {
    const person = await givenPerson(app);
    const { sessions } = app.auth;
    const slow = {
      ...sessions,
      rotate: async (...args: Parameters<typeof sessions.rotate>) => {
        await signOut(app.auth, person.viewer);
        return sessions.rotate(...args);
      },
    };
    const attempt = refreshSession({ ...app.auth, sessions: slow }, person.refreshToken);
    await expectError(attempt, 'UNAUTHENTICATED', /refresh token/);
    expect(await sessionsOf(person)).toEqual([]);
  });
});

/** Lets nobody pass before so many have come. */
function barrier(count: number): () => Promise<void> {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let come = 0;
  return () => {
    come += 1;
    if (come === count) open();
    return opened;
  };
}
