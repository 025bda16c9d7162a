import { beforeAll, describe, expect, test } from '@jest/globals';
import { changePassword } from '#domain/auth/changePassword.ts';
import { listSessions } from '#domain/auth/listSessions.ts';
import { readOwnProfile, readProfiles } from '#domain/auth/readProfile.ts';
import { refreshSession } from '#domain/auth/refreshSession.ts';
import { revokeSession } from '#domain/auth/revokeSession.ts';
import { signIn } from '#domain/auth/signIn.ts';
import { signOut } from '#domain/auth/signOut.ts';
import { signOutEverywhere } from '#domain/auth/signOutEverywhere.ts';
import { signUp } from '#domain/auth/signUp.ts';
import { updateProfile } from '#domain/auth/updateProfile.ts';
import { createAttemptStore } from '#table/auth/attemptStore.ts';
import { createSessionStore } from '#table/auth/sessionStore.ts';
import { createUserStore } from '#table/auth/userStore.ts';
import { CLIENT, givenPerson, PASSWORD, useAuth, viewerOf } from '#tests/domain/auth/useAuth.ts';
import { useMeter } from '#tests/support/capacity.ts';

const app = useAuth();
const meter = useMeter(app.table);

/** The same service over a client that is metered. */
let auth: typeof app.auth;
beforeAll(() => {
  const { table } = meter;
  auth = {
    ...app.auth,
    users: createUserStore(table),
    sessions: createSessionStore(table),
    attempts: createAttemptStore(table),
  };
});

async function unitsOf(action: () => Promise<unknown>): Promise<[read: number, write: number]> {
  const { read, write } = await meter.measure(action);
  return [read, write];
}

/** Fills a row up: the longest user agent and name that count as usual. */
const BROWSER = { ...CLIENT, userAgent: 'Mozilla/5.0 '.repeat(22) };

describe('the capacity units of the auth table, as its README lists them', () => {
  test('signUp', async () => {
    const input = { email: 'units@example.com', password: PASSWORD, displayName: '가'.repeat(80) };
    expect(await unitsOf(() => signUp(auth, input, BROWSER))).toEqual([0, 6]);
  });

  test('signIn', async () => {
    const { email } = await givenPerson(app);
    const right = { email, password: PASSWORD };
    const wrong = { email, password: 'a wrong guess' };
    const unknown = { email: 'nobody@example.com', password: PASSWORD };
    const refused = (input: typeof right) => () => signIn(auth, input, CLIENT).catch(() => null);
    expect(await unitsOf(() => signIn(auth, right, BROWSER))).toEqual([2, 5]);
    expect(await unitsOf(refused(wrong))).toEqual([2, 2]);
    expect(await unitsOf(refused(unknown))).toEqual([2, 2]);
  });

  test('refreshSession', async () => {
    const { email } = await givenPerson(app);
    const { refreshToken } = await signIn(app.auth, { email, password: PASSWORD }, BROWSER);
    const refresh = () => refreshSession(auth, refreshToken);
    expect(await unitsOf(refresh)).toEqual([2, 1]);
    expect(await unitsOf(refresh)).toEqual([2, 0]);
  });

  test('signOut, signOutEverywhere and revokeSession', async () => {
    const { viewer, email } = await givenPerson(app);
    const phone = await signIn(app.auth, { email, password: PASSWORD }, BROWSER);
    const { sessionId } = await viewerOf(app.issuer, phone);
    expect(await unitsOf(() => revokeSession(auth, viewer, sessionId))).toEqual([2, 1]);
    expect(await unitsOf(() => signOutEverywhere(auth, viewer))).toEqual([2, 1]);
    expect(await unitsOf(() => signOut(auth, viewer))).toEqual([0, 1]);
  });

  test('sessions: one Query, a unit for every 4 KB', async () => {
    const { viewer, email } = await givenPerson(app);
    expect(await unitsOf(() => listSessions(auth, viewer))).toEqual([1, 0]);
    for (let count = 1; count < 20; count += 1) {
      await signIn(app.auth, { email, password: PASSWORD }, BROWSER);
    }
    const [read] = await unitsOf(() => listSessions(auth, viewer));
    expect(read).toBeLessThanOrEqual(4);
  });

  test('changePassword', async () => {
    const { viewer } = await givenPerson(app);
    const passwords = { currentPassword: PASSWORD, newPassword: 'entirely other words' };
    const change = () => changePassword(auth, viewer, passwords, BROWSER);
    expect(await unitsOf(change)).toEqual([2, 6]);
  });

  test('me and updateProfile', async () => {
    const { viewer } = await givenPerson(app);
    expect(await unitsOf(() => readOwnProfile(auth, viewer))).toEqual([1, 0]);
    expect(await unitsOf(() => updateProfile(auth, viewer, '가'.repeat(80)))).toEqual([0, 1]);
  });

  test('users of other services: half a unit each', async () => {
    const people = [await givenPerson(app), await givenPerson(app), await givenPerson(app)];
    const ids = people.map(({ user }) => user.id);
    expect(await unitsOf(() => readProfiles(auth, null, ids))).toEqual([1.5, 0]);
  });
});
