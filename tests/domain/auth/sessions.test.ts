import { describe, expect, test } from '@jest/globals';
import { changePassword } from '#domain/auth/changePassword.ts';
import { listSessions } from '#domain/auth/listSessions.ts';
import { refreshSession } from '#domain/auth/refreshSession.ts';
import { revokeSession } from '#domain/auth/revokeSession.ts';
import { signIn } from '#domain/auth/signIn.ts';
import { signOut } from '#domain/auth/signOut.ts';
import { signOutEverywhere } from '#domain/auth/signOutEverywhere.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { expectError } from './expectError.ts';
import { CLIENT, givenPerson, PASSWORD, type TestPerson, useAuth, viewerOf } from './useAuth.ts';

const NEW_PASSWORD = 'entirely other words';
const app = useAuth();

async function signInAgain({ email }: TestPerson, userAgent?: string): Promise<Viewer> {
  const signedIn = await signIn(app.auth, { email, password: PASSWORD }, { ...CLIENT, userAgent });
  return viewerOf(app.issuer, signedIn);
}

const idsOf = async (viewer: Viewer) => (await listSessions(app.auth, viewer)).map(({ id }) => id);

describe('the sessions of the viewer', () => {
  test('are listed, last used first, the own one marked', async () => {
    const person = await givenPerson(app);
    app.pass(60);
    const phone = await signInAgain(person, 'a phone');
    const [onPhone, here] = [
      { id: phone.sessionId, current: false, userAgent: 'a phone' },
      { id: person.viewer.sessionId, current: true, userAgent: 'a test' },
    ];
    expect(await listSessions(app.auth, person.viewer)).toMatchObject([onPhone, here]);
    app.pass(60);
    await refreshSession(app.auth, person.refreshToken);
    expect(await idsOf(person.viewer)).toEqual([here.id, onPhone.id]);
  });

  test('leave out what has expired, although its row is still there', async () => {
    const person = await givenPerson(app);
    app.pass(29 * 86_400);
    const phone = await signInAgain(person);
    app.pass(2 * 86_400);
    expect(await idsOf(phone)).toEqual([phone.sessionId]);
    const rows = await app.auth.sessions.list(person.user.id);
    expect(rows?.sessions).toHaveLength(2);
  });

  test("never show anybody else's", async () => {
    const [mina, jun] = [await givenPerson(app), await givenPerson(app)];
    expect(await idsOf(mina.viewer)).toEqual([mina.viewer.sessionId]);
    expect(await idsOf(jun.viewer)).toEqual([jun.viewer.sessionId]);
  });

  test('are asked for by somebody', async () => {
    await expectError(listSessions(app.auth, null), 'UNAUTHENTICATED', /Sign in/);
  });
});

describe('signing out', () => {
  test('ends this session alone, and may be repeated', async () => {
    const person = await givenPerson(app);
    const phone = await signInAgain(person);
    expect(await signOut(app.auth, phone)).toBe(true);
    expect(await signOut(app.auth, phone)).toBe(true);
    expect(await idsOf(person.viewer)).toEqual([person.viewer.sessionId]);
  });

  test('everywhere ends all of them', async () => {
    const person = await givenPerson(app);
    const phone = await signInAgain(person);
    expect(await signOutEverywhere(app.auth, phone)).toBe(true);
    expect(await idsOf(person.viewer)).toEqual([]);
    const later = await signInAgain(person);
    expect(await idsOf(later)).toEqual([later.sessionId]);
  });

  test('everywhere ends a sign-in that is under way', async () => {
    const person = await givenPerson(app);
    const { sessions } = app.auth;
    const slow = {
      ...sessions,
      create: async (...args: Parameters<typeof sessions.create>) => {
        await signOutEverywhere(app.auth, person.viewer);
        return sessions.create(...args);
      },
    };
    const credentials = { email: person.email, password: PASSWORD };
    const { refreshToken } = await signIn({ ...app.auth, sessions: slow }, credentials, CLIENT);
    await expectError(refreshSession(app.auth, refreshToken), 'UNAUTHENTICATED');
  });
});

describe('revoking a session', () => {
  test('ends that one', async () => {
    const person = await givenPerson(app);
    const phone = await signInAgain(person);
    expect(await revokeSession(app.auth, person.viewer, phone.sessionId)).toBe(true);
    expect(await idsOf(person.viewer)).toEqual([person.viewer.sessionId]);
    const again = revokeSession(app.auth, person.viewer, phone.sessionId);
    await expectError(again, 'NOT_FOUND', /session/);
  });

  test("does not find anybody else's", async () => {
    const [mina, jun] = [await givenPerson(app), await givenPerson(app)];
    const attempt = revokeSession(app.auth, mina.viewer, jun.viewer.sessionId);
    await expectError(attempt, 'NOT_FOUND', /of yours/);
    expect(await idsOf(jun.viewer)).toEqual([jun.viewer.sessionId]);
  });

  test.each([
    ['an empty id', ''],
    ['a long id', 'x'.repeat(100_000)],
    ['a key of another row', '01ARZ3NDEKTSV4RRFFQ69G5FAV#'],
  ])('does not find %s', async (_, id) => {
    const { viewer } = await givenPerson(app);
    await expectError(revokeSession(app.auth, viewer, id), 'NOT_FOUND');
  });

  test('does not find one that has expired or ended, although its row is still there', async () => {
    const person = await givenPerson(app);
    app.pass(30 * 86_400);
    const phone = await signInAgain(person);
    const expired = revokeSession(app.auth, phone, person.viewer.sessionId);
    await expectError(expired, 'NOT_FOUND');
    await signOutEverywhere(app.auth, phone);
    const later = await signInAgain(person);
    await expectError(revokeSession(app.auth, later, phone.sessionId), 'NOT_FOUND');
  });
});

describe('changing the password', () => {
  const change = (viewer: Viewer | null, currentPassword = PASSWORD, newPassword = NEW_PASSWORD) =>
    changePassword(app.auth, viewer, { currentPassword, newPassword }, CLIENT);

  test('sets it, ends every session and starts a new one', async () => {
    const person = await givenPerson(app);
    const phone = await signInAgain(person);
    const changed = await change(phone);
    expect(changed.user).toEqual(person.user);
    const viewer = await viewerOf(app.issuer, changed);
    expect(await idsOf(viewer)).toEqual([viewer.sessionId]);
    await expectError(refreshSession(app.auth, person.refreshToken), 'UNAUTHENTICATED');
    expect((await refreshSession(app.auth, changed.refreshToken)).user).toEqual(person.user);
    const { email } = person;
    await expectError(signIn(app.auth, { email, password: PASSWORD }, CLIENT), 'UNAUTHENTICATED');
    await signIn(app.auth, { email, password: NEW_PASSWORD }, CLIENT);
  });

  test('needs the current one', async () => {
    const person = await givenPerson(app);
    await expectError(
      change(person.viewer, 'a wrong guess'),
      'UNAUTHENTICATED',
      /current password/,
    );
    expect(await idsOf(person.viewer)).toEqual([person.viewer.sessionId]);
    await signInAgain(person);
  });

  test('counts guesses at the current one like those at sign-in', async () => {
    const strict = { freeAttempts: 2, delaysSeconds: [60], forgetAfterSeconds: 3600 };
    const auth = { ...app.auth, throttle: { ...app.auth.throttle, passwordByAccount: strict } };
    const { email, viewer } = await givenPerson(app);
    const wrong = { currentPassword: 'a wrong guess', newPassword: NEW_PASSWORD };
    const guess = () => changePassword(auth, viewer, wrong, CLIENT);
    await expectError(guess(), 'UNAUTHENTICATED');
    await expectError(signIn(auth, { email, password: 'a guess' }, CLIENT), 'UNAUTHENTICATED');
    await expectError(guess(), 'RATE_LIMITED', /60 seconds/);
  });

  test.each([
    ['a short one', 'seven77', /8 to 256/],
    ['a common one', 'qwertyuiop', /common/],
    ['the e-mail address', null, /other than/],
  ])('refuses %s', async (_, newPassword, message) => {
    const { viewer, email } = await givenPerson(app);
    const attempt = change(viewer, PASSWORD, newPassword ?? email);
    await expectError(attempt, 'BAD_USER_INPUT', message);
    expect(await idsOf(viewer)).toEqual([viewer.sessionId]);
  });

  test('succeeds for one of two who try at once', async () => {
    const { viewer } = await givenPerson(app);
    const outcomes = await Promise.allSettled([
      change(viewer),
      change(viewer, PASSWORD, 'yet another one'),
    ]);
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ reason: { code: 'UNAUTHENTICATED' } });
  });
});

describe('an access token of a session that has ended', () => {
  test.each<[string, (viewer: Viewer | null) => Promise<unknown>]>([
    ['signOutEverywhere', (viewer) => signOutEverywhere(app.auth, viewer)],
    ['revokeSession', (viewer) => revokeSession(app.auth, viewer, viewer?.sessionId ?? '')],
    [
      'changePassword',
      (viewer) => {
        const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
        return changePassword(app.auth, viewer, passwords, CLIENT);
      },
    ],
  ])('is not enough for %s', async (_, use) => {
    const person = await givenPerson(app);
    const [phone, tablet] = [await signInAgain(person), await signInAgain(person)];
    await signOut(app.auth, phone);
    await expectError(use(phone), 'UNAUTHENTICATED', /session has ended/);
    await revokeSession(app.auth, person.viewer, tablet.sessionId);
    await expectError(use(tablet), 'UNAUTHENTICATED', /session has ended/);
    expect(await idsOf(person.viewer)).toEqual([person.viewer.sessionId]);
    await signOutEverywhere(app.auth, person.viewer);
    await expectError(use(person.viewer), 'UNAUTHENTICATED', /session has ended/);
    await expectError(use(null), 'UNAUTHENTICATED', /Sign in first/);
  });
});
