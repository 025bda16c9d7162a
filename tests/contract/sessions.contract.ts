import { describe, expect, test } from '@jest/globals';
import { createMemo } from './memos.ts';
import {
  AUTH_PAYLOAD,
  type AuthPayload,
  createPerson,
  type Person,
  signIn,
  signUp,
} from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

interface SessionView {
  readonly id: string;
  readonly current: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly userAgent: string | null;
}

const SESSIONS = 'query Sessions { sessions { id current createdAt lastUsedAt userAgent } }';
const SIGN_OUT = 'mutation SignOut { signOut }';
const SIGN_OUT_EVERYWHERE = 'mutation SignOutEverywhere { signOutEverywhere }';
const REVOKE_SESSION = 'mutation RevokeSession($id: ID!) { revokeSession(id: $id) }';
const REFRESH = `mutation Refresh($refreshToken: String) { refreshSession(refreshToken: $refreshToken) { ${AUTH_PAYLOAD} } }`;
const CHANGE_PASSWORD = `mutation ChangePassword($currentPassword: String!, $newPassword: String!) {
  changePassword(currentPassword: $currentPassword, newPassword: $newPassword) { ${AUTH_PAYLOAD} }
}`;
const GRACE_MS = 30_000;

/** Sessions: kept alive by refresh tokens that work once, listed, and ended. */
export function sessionsContract(stage: Stage): void {
  const refresh = async (refreshToken: string): Promise<AuthPayload> => {
    const answer = await stage.guest.ask<{ refreshSession: AuthPayload }>(REFRESH, {
      refreshToken,
    });
    return answer.refreshSession;
  };
  const attemptRefresh = (refreshToken: unknown) => stage.guest.attempt(REFRESH, { refreshToken });
  const listSessions = async (person: Person): Promise<readonly SessionView[]> =>
    (await person.ask<{ sessions: readonly SessionView[] }>(SESSIONS)).sessions;

  describe('refreshing a session', () => {
    test('gives the next pair, whose access token speaks for the same user and session', async () => {
      const person = await signUp(stage.door);
      const next = await refresh(person.refreshToken);
      expect(next.user.id).toBe(person.id);
      expect(next.refreshToken).not.toBe(person.refreshToken);
      const later = createPerson(stage.door, person, next);
      expect(await listSessions(later)).toMatchObject([{ current: true }]);
      expect((await refresh(next.refreshToken)).user.id).toBe(person.id);
    });

    test('gives the very same successor when a lost answer is asked for again', async () => {
      const person = await signUp(stage.door);
      const first = await refresh(person.refreshToken);
      const again = await refresh(person.refreshToken);
      expect(again.refreshToken).toBe(first.refreshToken);
      expect((await refresh(first.refreshToken)).user.id).toBe(person.id);
    });

    test('gives two who refresh at once the same successor', async () => {
      const person = await signUp(stage.door);
      const [one, other] = await Promise.all([1, 2].map(() => refresh(person.refreshToken)));
      expect(one?.refreshToken).toBe(other?.refreshToken);
    });

    test('ends the session when a used token comes back after the grace window', async () => {
      const person = await signUp(stage.door);
      const next = await refresh(person.refreshToken);
      await stage.door.later(GRACE_MS + 1_000, async () => {
        await expectRefusal(attemptRefresh(person.refreshToken), 'UNAUTHENTICATED');
        await expectRefusal(attemptRefresh(next.refreshToken), 'UNAUTHENTICATED');
      });
    });

    test('ends the session when a token two steps back comes, even within the window', async () => {
      const person = await signUp(stage.door);
      const next = await refresh(person.refreshToken);
      const newest = await refresh(next.refreshToken);
      await expectRefusal(attemptRefresh(person.refreshToken), 'UNAUTHENTICATED');
      await expectRefusal(attemptRefresh(newest.refreshToken), 'UNAUTHENTICATED');
    });

    test('refuses junk and leaves the session of the ids in it alone', async () => {
      const person = await signUp(stage.door);
      const [userId, sessionId, ...secrets] = person.refreshToken.split('.');
      const guessed = [userId, sessionId, ...secrets.map((one) => 'A'.repeat(one.length))].join(
        '.',
      );
      const junk = [
        '',
        'junk',
        '...',
        'x'.repeat(10_000),
        person.token,
        `${person.refreshToken}x`,
        guessed,
      ];
      for (const refreshToken of junk) {
        await expectRefusal(attemptRefresh(refreshToken), 'UNAUTHENTICATED', /refresh token/i);
      }
      expect((await listSessions(person)).length).toBe(1);
    });

    test('refuses a request without a refresh token', async () => {
      await expectRefusal(attemptRefresh(null), 'UNAUTHENTICATED', /refresh token/i);
    });
  });

  describe('the sessions of the viewer', () => {
    test('are listed, last used first, the own one marked', async () => {
      const person = await signUp(stage.door);
      const phone = await signIn(stage.door, person);
      const marked = async (who: Person) => (await listSessions(who)).map(({ current }) => current);
      expect(await marked(phone)).toEqual([true, false]);
      expect(await marked(person)).toEqual([false, true]);
      await stage.door.later(1_000, () => refresh(person.refreshToken));
      expect(await marked(person)).toEqual([true, false]);
    });

    test('tell when they began, when they were used and by which client', async () => {
      const person = await signUp(stage.door);
      await stage.door.later(60_000, () => refresh(person.refreshToken));
      const [session] = await listSessions(person);
      const used = Date.parse(session!.lastUsedAt) - Date.parse(session!.createdAt);
      expect(used).toBeGreaterThanOrEqual(60_000);
      expect(session?.userAgent).toBe('memopad-contract');
    });

    test('end one by one, and the ended one can no longer be refreshed', async () => {
      const person = await signUp(stage.door);
      const phone = await signIn(stage.door, person);
      const lost = (await listSessions(phone)).find(({ current }) => current);
      expect(await person.ask(REVOKE_SESSION, { id: lost?.id })).toEqual({ revokeSession: true });
      await expectRefusal(attemptRefresh(phone.refreshToken), 'UNAUTHENTICATED');
      expect(await listSessions(person)).toMatchObject([{ current: true }]);
      await expectRefusal(person.attempt(REVOKE_SESSION, { id: lost?.id }), 'NOT_FOUND', /session/);
    });

    test('end by signing out, which leaves the others alone', async () => {
      const person = await signUp(stage.door);
      const phone = await signIn(stage.door, person);
      expect(await phone.ask(SIGN_OUT)).toEqual({ signOut: true });
      await expectRefusal(attemptRefresh(phone.refreshToken), 'UNAUTHENTICATED');
      expect(await listSessions(person)).toMatchObject([{ current: true }]);
      expect((await refresh(person.refreshToken)).user.id).toBe(person.id);
    });

    test('end all at once by signing out everywhere', async () => {
      const person = await signUp(stage.door);
      const phone = await signIn(stage.door, person);
      expect(await person.ask(SIGN_OUT_EVERYWHERE)).toEqual({ signOutEverywhere: true });
      await expectRefusal(attemptRefresh(phone.refreshToken), 'UNAUTHENTICATED');
      await expectRefusal(attemptRefresh(person.refreshToken), 'UNAUTHENTICATED');
    });

    test('end all when the password changes, but for the new one', async () => {
      const person = await signUp(stage.door);
      const phone = await signIn(stage.door, person);
      const variables = { currentPassword: person.password, newPassword: 'entirely other words' };
      const answer = await person.ask<{ changePassword: AuthPayload }>(CHANGE_PASSWORD, variables);
      const renewed = createPerson(stage.door, person, answer.changePassword);
      await expectRefusal(attemptRefresh(phone.refreshToken), 'UNAUTHENTICATED');
      await expectRefusal(attemptRefresh(person.refreshToken), 'UNAUTHENTICATED');
      expect(await listSessions(renewed)).toMatchObject([{ current: true }]);
      expect((await refresh(renewed.refreshToken)).user.id).toBe(person.id);
    });
  });

  describe('an access token whose session has ended', () => {
    test('still reads and writes memos for its 15 minutes, and no longer', async () => {
      const person = await signUp(stage.door);
      await person.ask(SIGN_OUT);
      expect((await createMemo(person)).version).toBe(1);
      await stage.door.later(15 * 60_000 + 1_000, async () => {
        const answer = await person.attempt('{ pads { id } }');
        await expectRefusal(answer, 'UNAUTHENTICATED', /expired/);
        expect(answer.status).toBe(401);
      });
    });

    test.each([
      ['changePassword', CHANGE_PASSWORD],
      ['revokeSession', REVOKE_SESSION],
      ['signOutEverywhere', SIGN_OUT_EVERYWHERE],
    ])('is not enough for %s', async (_, document) => {
      const person = await signUp(stage.door);
      const phone = await signIn(stage.door, person);
      const [other] = (await listSessions(phone)).filter(({ current }) => !current);
      await phone.ask(SIGN_OUT);
      const passwords = { currentPassword: person.password, newPassword: 'entirely other words' };
      const attempt = phone.attempt(document, { id: other?.id, ...passwords });
      await expectRefusal(attempt, 'UNAUTHENTICATED', /session/);
      expect((await refresh(person.refreshToken)).user.id).toBe(person.id);
    });
  });
}
