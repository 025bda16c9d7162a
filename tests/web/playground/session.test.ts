import { describe, expect, jest, test } from '@jest/globals';
import type {
  GraphqlAnswer,
  GraphqlReply,
  GraphqlRequest,
} from '#web/playground/graphqlEndpoint.ts';
import { createSession } from '#web/playground/session.ts';

const MINA = { id: '01JZ8W3V5B6N7M8K9P0Q1R2S3T', displayName: '이민아', email: 'mina@example.com' };
const EXPIRES_MS = Date.parse('2026-01-31T09:45:00.000Z');

const grantNamed = (accessToken: string) => ({
  accessToken,
  expiresAt: '2026-01-31T09:45:00.000Z',
  refreshToken: `refresh-${accessToken}`,
});

const USUAL: Record<string, GraphqlAnswer> = {
  SignIn: { data: { signIn: grantNamed('one') } },
  SignUp: { data: { signUp: grantNamed('one') } },
  Refresh: { data: { refreshSession: grantNamed('two') } },
  Me: { data: { me: MINA } },
  SignOut: { data: { signOut: true } },
};

/** A session whose service answers as told, by the operation's name. */
function setUp(answers: Record<string, GraphqlAnswer> = {}) {
  const clock = { now: EXPIRES_MS - 900_000 };
  const post = jest.fn(
    async ({ query }: GraphqlRequest, _headers: object): Promise<GraphqlReply> => {
      const name = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
      return { status: 200, answer: answers[name] ?? USUAL[name] ?? {} };
    },
  );
  const session = createSession({ post, now: () => clock.now });
  const listener = jest.fn();
  session.subscribe(listener);
  return { clock, post, session, listener };
}

const CREDENTIALS = { email: 'mina@example.com', password: 'blue kettle on a hill' };
const REVOKED = { errors: [{ message: 'Over.', extensions: { code: 'UNAUTHENTICATED' } }] };

describe('a session', () => {
  test('nobody is signed in at first', async () => {
    const { session } = setUp();
    expect(session.state()).toEqual({ kind: 'signedOut', notice: null });
    expect(await session.authorization()).toBeNull();
  });

  test('signing in shows who it is, tells listeners and fills the header', async () => {
    const { post, session, listener } = setUp();
    await session.signIn(CREDENTIALS);
    expect(session.state()).toEqual({ kind: 'signedIn', who: MINA });
    expect(listener).toHaveBeenCalledTimes(1);
    expect(await session.authorization()).toBe('Bearer one');
    expect(post.mock.calls[0]?.[0].variables).toEqual({ input: CREDENTIALS });
    expect(post.mock.calls.map(([, headers]) => headers)).toEqual([
      {},
      { authorization: 'Bearer one' },
    ]);
  });

  test('signing up signs in', async () => {
    const { session } = setUp();
    await session.signUp({ ...CREDENTIALS, displayName: '이민아' });
    expect(session.state().kind).toBe('signedIn');
  });

  test('what the page shows holds no token', async () => {
    const { session } = setUp();
    await session.signIn(CREDENTIALS);
    expect(JSON.stringify(session.state())).not.toMatch(/one|refresh/);
  });

  test('a refused sign-in says why and changes nothing', async () => {
    const extensions = { code: 'RATE_LIMITED', retryAfterSeconds: 30 };
    const { session, listener } = setUp({ SignIn: { errors: [{ message: 'Wait.', extensions }] } });
    await expect(session.signIn(CREDENTIALS)).rejects.toThrow(
      'RATE_LIMITED: Wait. Try again in 30 seconds.',
    );
    expect(listener).not.toHaveBeenCalled();
  });

  test('a refresh is sent without the header, and its token is used from then on', async () => {
    const { clock, post, session } = setUp();
    await session.signIn(CREDENTIALS);
    clock.now = EXPIRES_MS - 59_999;
    expect(await session.renew()).toBe('Bearer two');
    expect(post.mock.lastCall?.[0].variables).toEqual({ refreshToken: 'refresh-one' });
    expect(post.mock.lastCall?.[1]).toEqual({});
  });

  test('a session that was ended elsewhere signs out, with a word about it', async () => {
    const { clock, session } = setUp({ Refresh: REVOKED });
    await session.signIn(CREDENTIALS);
    clock.now = EXPIRES_MS;
    const sentence = 'Your session has ended. Sign in again.';
    await expect(session.authorization()).rejects.toThrow(sentence);
    expect(session.state()).toEqual({ kind: 'signedOut', notice: sentence });
    expect(await session.authorization()).toBeNull();
  });

  test('a refresh that fails otherwise keeps the session', async () => {
    const { clock, session } = setUp({ Refresh: { errors: [{ message: 'Offline.' }] } });
    await session.signIn(CREDENTIALS);
    clock.now = EXPIRES_MS;
    await expect(session.authorization()).rejects.toThrow('Offline.');
    expect(session.state().kind).toBe('signedIn');
  });

  test('signing out ends it on the service too', async () => {
    const { post, session } = setUp();
    await session.signIn(CREDENTIALS);
    await session.signOut();
    expect(session.state()).toEqual({ kind: 'signedOut', notice: null });
    expect(post.mock.lastCall?.[0].query).toContain('signOut');
    expect(post.mock.lastCall?.[1]).toEqual({ authorization: 'Bearer one' });
    expect(await session.authorization()).toBeNull();
  });

  test('signing out works when the service can not be reached', async () => {
    const { session } = setUp({ SignOut: { errors: [{ message: 'Offline.' }] } });
    await session.signIn(CREDENTIALS);
    await session.signOut();
    expect(session.state()).toEqual({ kind: 'signedOut', notice: null });
  });
});

describe('following what is run in the editor', () => {
  test.each(['signUp', 'signIn', 'refreshSession', 'changePassword', 'anAlias'])(
    'a grant under %s is taken over',
    async (field) => {
      const { session } = setUp();
      await session.follow({ [field]: grantNamed('edited') });
      expect(session.state()).toEqual({ kind: 'signedIn', who: MINA });
      expect(await session.authorization()).toBe('Bearer edited');
    },
  );

  test.each([{ signOut: true }, { signOutEverywhere: true }])('%j signs out', async (data) => {
    const { session } = setUp();
    await session.signIn(CREDENTIALS);
    await session.follow(data);
    expect(session.state()).toEqual({ kind: 'signedOut', notice: null });
  });

  test.each([undefined, null, {}, { me: MINA }, { signUp: { user: MINA } }])(
    '%j changes nothing',
    async (data) => {
      const { session, listener } = setUp();
      await session.follow(data);
      expect(listener).not.toHaveBeenCalled();
    },
  );
});
