import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Auth } from '#domain/auth/auth.ts';
import { createPasswordHasher } from '#domain/auth/passwordHash.ts';
import { signIn } from '#domain/auth/signIn.ts';
import { expectError } from './expectError.ts';
import { CHEAP, CLIENT, givenPerson, NO_THROTTLE, PASSWORD, useAuth, viewerOf } from './useAuth.ts';

const app = useAuth({
  ...NO_THROTTLE,
  passwordByAccount: { freeAttempts: 3, delaysSeconds: [10, 60], forgetAfterSeconds: 86_400 },
  passwordBySource: { freeAttempts: 8, delaysSeconds: [30], forgetAfterSeconds: 3600 },
});

let source = 0;
const somewhere = () => {
  source += 1;
  return { ...CLIENT, sourceIp: `198.51.100.${source}` };
};
const guess = (email: string, client = somewhere(), password = 'a wrong guess') =>
  signIn(app.auth, { email, password }, client);

describe('signing in', () => {
  test('starts another session of the same user', async () => {
    const person = await givenPerson(app);
    const again = await guess(person.email.toUpperCase(), CLIENT, PASSWORD);
    expect(again.user).toEqual(person.user);
    const { sessionId } = await viewerOf(app.issuer, again);
    expect(sessionId).not.toBe(person.viewer.sessionId);
    const found = await app.auth.sessions.find(person.user.id, sessionId);
    expect(found?.session.userAgent).toBe('a test');
  });

  test('takes the password in any Unicode form', async () => {
    const { email } = await givenPerson(app);
    const fullWidth = PASSWORD.replaceAll('a', '\uff41');
    expect((await guess(email, somewhere(), fullWidth)).user.email).toBe(email);
  });

  test('gives an unknown account and a wrong password the same answer for the same work', async () => {
    const { email } = await givenPerson(app);
    const work: string[][] = [];
    const answers = [];
    for (const address of [email, 'nobody@example.com']) {
      const calls: string[] = [];
      work.push(calls);
      const attempt = signIn(
        spiedOn(app.auth, calls),
        { email: address, password: 'a wrong guess' },
        somewhere(),
      );
      answers.push(await expectError(attempt, 'UNAUTHENTICATED', /e-mail address or the password/));
    }
    expect(answers[0]?.message).toBe(answers[1]?.message);
    expect(work[0]?.sort()).toEqual(work[1]?.sort());
    expect(work[0]).toContain('matches m=8,t=1,p=1');
  });

  test('renews the hash when it has become cheaper than new ones', async () => {
    const { email, user } = await givenPerson(app);
    const dearer = createPasswordHasher({ cost: { ...CHEAP, memoryKib: 16 }, randomBytes });
    await signIn({ ...app.auth, passwords: dearer }, { email, password: PASSWORD }, somewhere());
    const renewed = await app.auth.users.find(user.id);
    expect(renewed?.passwordHash).toContain('$m=16,t=1,p=1$');
    expect(renewed?.sessionGeneration).toBe(1);
    await guess(email, somewhere(), PASSWORD);
    expect((await app.auth.users.find(user.id))?.passwordHash).toBe(renewed?.passwordHash);
  });

  test.each([
    ['an address that is none', 'mina', PASSWORD, /name@example\.com/],
    ['an address of 255 characters', `${'a'.repeat(243)}@example.com`, PASSWORD, /254/],
    ['an empty password', 'mina@example.com', '', /got 0/],
    ['a password no password can be as long as', 'mina@example.com', 'x'.repeat(1_025), /1025/],
  ])('refuses %s before any work', async (_, email, password, message) => {
    const calls: string[] = [];
    const attempt = signIn(spiedOn(app.auth, calls), { email, password }, somewhere());
    await expectError(attempt, 'BAD_USER_INPUT', message);
    expect(calls).toEqual([]);
  });
});

describe('guessing at an account', () => {
  test('waits longer and longer, wherever the guesses come from', async () => {
    const { email } = await givenPerson(app);
    for (const _ of [1, 2, 3]) await expectError(guess(email), 'UNAUTHENTICATED');
    const refused = await expectError(guess(email), 'RATE_LIMITED', /10 seconds/);
    expect(refused.details).toEqual({ retryAfterSeconds: 10 });
    await expectError(guess(email.toUpperCase(), somewhere(), PASSWORD), 'RATE_LIMITED');
    app.pass(9);
    await expectError(guess(email), 'RATE_LIMITED', /Try again in 1 seconds/);
    app.pass(1);
    await expectError(guess(email), 'UNAUTHENTICATED');
    await expectError(guess(email), 'RATE_LIMITED', /60 seconds/);
    for (const _ of [1, 2]) {
      app.pass(60);
      await expectError(guess(email), 'UNAUTHENTICATED');
      await expectError(guess(email), 'RATE_LIMITED', /60 seconds/);
    }
  });

  test('is not made faster by guessing in parallel', async () => {
    const { email } = await givenPerson(app);
    const guesses = await Promise.allSettled(Array.from({ length: 12 }, () => guess(email)));
    const codes = guesses.map((one) => one.status === 'rejected' && one.reason.code);
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(3);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(9);
  });

  test('is counted for an account that does not exist, too', async () => {
    for (const _ of [1, 2, 3]) await expectError(guess('ghost@example.com'), 'UNAUTHENTICATED');
    await expectError(guess('ghost@example.com'), 'RATE_LIMITED');
  });

  test('is forgotten when the right password comes', async () => {
    const { email } = await givenPerson(app);
    for (const _ of [1, 2]) await expectError(guess(email), 'UNAUTHENTICATED');
    await guess(email, somewhere(), PASSWORD);
    for (const _ of [1, 2, 3]) await expectError(guess(email), 'UNAUTHENTICATED');
    await expectError(guess(email), 'RATE_LIMITED');
  });

  test('is forgotten a day after the first guess, row or no row', async () => {
    const { email } = await givenPerson(app);
    for (const _ of [1, 2, 3]) await expectError(guess(email), 'UNAUTHENTICATED');
    app.pass(86_400);
    for (const _ of [1, 2, 3]) await expectError(guess(email), 'UNAUTHENTICATED');
    await expectError(guess(email), 'RATE_LIMITED');
  });
});

describe('guessing from one address', () => {
  test('is throttled across accounts, and locks none of them', async () => {
    const { email } = await givenPerson(app);
    const client = somewhere();
    for (let index = 0; index < 8; index += 1) {
      await expectError(guess(`user${index}@example.net`, client), 'UNAUTHENTICATED');
    }
    for (const _ of [1, 2, 3, 4]) await expectError(guess(email, client), 'RATE_LIMITED');
    expect((await guess(email, somewhere(), PASSWORD)).user.email).toBe(email);
  });

  test('costs those who know their password nothing', async () => {
    const client = somewhere();
    for (let index = 0; index < 12; index += 1) {
      const { email } = await givenPerson(app);
      await guess(email, client, PASSWORD);
    }
  });

  test('counts the network of an IPv6 address', async () => {
    const from = (host: number) => ({ ...CLIENT, sourceIp: `2001:db8::${host}` });
    for (let index = 0; index < 8; index += 1) {
      await expectError(guess(`user${index}@example.org`, from(index)), 'UNAUTHENTICATED');
    }
    await expectError(guess('user9@example.org', from(9)), 'RATE_LIMITED', /30 seconds/);
  });
});

/** The same service, which writes down what is asked of its stores and of its hasher. */
function spiedOn(auth: Auth, calls: string[]): Auth {
  return {
    ...auth,
    users: spyOn(auth.users, calls, (name) => `users.${name}`),
    attempts: spyOn(auth.attempts, calls, (name) => `attempts.${name}`),
    passwords: spyOn(auth.passwords, calls, (name, [, phc]) => `${name} ${costOf(String(phc))}`),
  };
}

function spyOn<Port extends object>(
  port: Port,
  calls: string[],
  describeCall: (name: string, args: unknown[]) => string,
): Port {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        calls.push(describeCall(String(name), args));
        return member(...args);
      };
    },
  });
}

const costOf = (phc: string): string | undefined => phc.split('$')[3];
