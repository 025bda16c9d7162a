import { describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { isUlid } from '#domain/viewer/ulid.ts';
import { AUTH_PAYLOAD, type AuthPayload, SIGN_IN, SIGN_UP, signIn, signUp } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const ME = 'query Me { me { id displayName email createdAt } }';
const UPDATE_PROFILE =
  'mutation UpdateProfile($displayName: String!) { updateProfile(displayName: $displayName) { id displayName email } }';
const CHANGE_PASSWORD = `mutation ChangePassword($currentPassword: String!, $newPassword: String!) {
  changePassword(currentPassword: $currentPassword, newPassword: $newPassword) { ${AUTH_PAYLOAD} }
}`;
const NEW_PASSWORD = 'entirely other words';
const LONGEST_PASSWORD = Array.from({ length: 64 }, (_, index) => 1000 + index * 37).join('');

/** Accounts: how they are made, who they are for others, how one signs in. */
export function authContract(stage: Stage): void {
  describe('signing up', () => {
    test('makes a user and signs them in', async () => {
      const input = {
        email: 'Mina.Park@Example.com',
        password: NEW_PASSWORD,
        displayName: '박미나',
      };
      const answer = await stage.guest.ask<{ signUp: AuthPayload }>(SIGN_UP, { input });
      const { user, accessToken, expiresAt, refreshToken } = answer.signUp;
      expect(isUlid(user.id)).toBe(true);
      expect(user).toMatchObject({ displayName: '박미나' });
      expect(user.email.toLowerCase()).toBe('mina.park@example.com');
      expect(refreshToken).not.toBe('');
      expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'RS256' });
      const { iat = 0, exp = 0, ...claims } = decodeJwt(accessToken);
      expect(claims).toMatchObject({ sub: user.id, aud: 'memopad', token_use: 'access' });
      expect(exp - iat).toBe(15 * 60);
      expect(new Date(expiresAt).getTime()).toBe(exp * 1000);
    });

    test('refuses an e-mail address that has a user, in any case', async () => {
      const { email, password } = await stage.person('Mina');
      const input = { email: email.toUpperCase(), password, displayName: 'Another' };
      await expectRefusal(stage.guest.attempt(SIGN_UP, { input }), 'CONFLICT', /e-mail/i);
    });

    test('gives the e-mail address to one of two who sign up at once', async () => {
      const input = { email: 'twice@example.com', password: NEW_PASSWORD, displayName: 'Twice' };
      const answers = await Promise.all([1, 2].map(() => stage.guest.attempt(SIGN_UP, { input })));
      const codes = answers.map(({ errors }) => errors[0]?.extensions.code ?? 'signed up');
      expect(codes.sort()).toEqual(['CONFLICT', 'signed up']);
    });

    test.each<[string, object, RegExp]>([
      ['an empty e-mail address', { email: '' }, /e-mail/i],
      ['an e-mail address without an @', { email: 'mina.example.com' }, /e-mail/i],
      ['an e-mail address without a name', { email: '@example.com' }, /e-mail/i],
      ['an e-mail address without a domain', { email: 'mina@' }, /e-mail/i],
      ['an e-mail address with a space', { email: 'mi na@example.com' }, /e-mail/i],
      ['an e-mail address of two lines', { email: 'mina@example.com\nbcc@example.com' }, /e-mail/i],
      ['an e-mail address of 255 characters', { email: `${'a'.repeat(243)}@example.com` }, /254/],
      ['a password of 7 characters', { password: 'sEvEn.7' }, /8/],
      ['a password of 257 characters', { password: `${LONGEST_PASSWORD}x` }, /256/],
      ['a common password', { password: 'password123' }, /common/],
      ['the e-mail address as password', { password: 'fresh@example.com' }, /e-mail/i],
      [
        'the e-mail address as password in another case',
        { password: 'FRESH@example.COM' },
        /e-mail/i,
      ],
      ['an empty display name', { displayName: '' }, /display ?name/i],
      ['a display name of 81 characters', { displayName: 'n'.repeat(81) }, /80/],
      ['a display name of two lines', { displayName: 'Mina\nPark' }, /line/],
    ])('refuses %s', async (_, wrong, gist) => {
      const right = { email: 'fresh@example.com', password: NEW_PASSWORD, displayName: 'Fresh' };
      const input = { ...right, ...wrong };
      const error = await expectRefusal(
        stage.guest.attempt(SIGN_UP, { input }),
        'BAD_USER_INPUT',
        gist,
      );
      if ('password' in wrong) expect(error.message).not.toContain(wrong.password);
    });

    test.each([
      ['the shortest password and name', 'sEvEn.78', 'M'],
      ['the longest password and name', LONGEST_PASSWORD, 'n'.repeat(80)],
    ])('takes %s', async (_, password, displayName) => {
      const person = await signUp(stage.door, { password, displayName });
      expect((await signIn(stage.door, person)).id).toBe(person.id);
    });
  });

  describe('signing in', () => {
    test('takes the e-mail address in any case', async () => {
      const mina = await stage.person('Mina');
      const again = await signIn(stage.door, { ...mina, email: mina.email.toUpperCase() });
      expect(again.id).toBe(mina.id);
      expect(again.refreshToken).not.toBe(mina.refreshToken);
    });

    test('takes the password in any Unicode form of the same text', async () => {
      const person = await signUp(stage.door, { password: '비밀번호 café'.normalize('NFD') });
      const again = await signIn(stage.door, {
        ...person,
        password: '비밀번호 café'.normalize('NFC'),
      });
      expect(again.id).toBe(person.id);
    });

    test('tells a wrong password and an unknown e-mail address apart by nothing', async () => {
      const { email, password } = await stage.person('Mina');
      const wrong = [
        { email, password: 'not the password' },
        { email: 'nobody@example.com', password },
      ];
      const errors = await Promise.all(
        wrong.map((input) =>
          expectRefusal(stage.guest.attempt(SIGN_IN, { input }), 'UNAUTHENTICATED'),
        ),
      );
      expect(errors[0]).toEqual(errors[1]);
    });

    test('is refused after too many attempts, and taken again later', async () => {
      const person = await signUp(stage.door);
      const input = { email: person.email, password: 'a guess' };
      const codes: unknown[] = [];
      let retryAfterSeconds: unknown;
      while (codes.at(-1) !== 'RATE_LIMITED' && codes.length < 50) {
        const { errors } = await stage.guest.attempt(SIGN_IN, { input });
        codes.push(errors[0]?.extensions.code);
        retryAfterSeconds = errors[0]?.extensions.retryAfterSeconds;
      }
      expect(new Set(codes)).toEqual(new Set(['UNAUTHENTICATED', 'RATE_LIMITED']));
      expect(retryAfterSeconds).toBeGreaterThan(0);
      await expectRefusal(
        stage.guest.attempt(SIGN_IN, { input: { ...input, password: person.password } }),
        'RATE_LIMITED',
      );
      const wait = Number(retryAfterSeconds) * 1000 + 1000;
      await stage.door.later(wait, async () => {
        expect((await signIn(stage.door, person)).id).toBe(person.id);
      });
    });
  });

  describe('the viewer', () => {
    test('is nobody without a token', async () => {
      const { data, errors } = await stage.guest.attempt(ME);
      expect(data).toEqual({ me: null });
      const codes = errors.map(({ extensions }) => extensions.code);
      expect(codes).toEqual(stage.differs('nobody') ? ['UNAUTHENTICATED'] : []);
    });

    test('sees their own account', async () => {
      const { id, email, ask } = await stage.person('Mina');
      const me = { id, displayName: 'Mina', email, createdAt: expect.stringMatching(/Z$/) };
      expect(await ask(ME)).toEqual({ me });
    });

    test('changes what others see of them', async () => {
      const person = await signUp(stage.door);
      const displayName = '이준 👩‍👩‍👧';
      await person.ask(UPDATE_PROFILE, { displayName });
      expect(await person.ask(ME)).toMatchObject({ me: { displayName, email: person.email } });
    });

    test.each([
      ['an empty display name', '', /1/],
      ['a display name of 81 characters', 'n'.repeat(81), /80/],
      ['a display name of two lines', 'Mina\r\nPark', /line/],
      ['a display name with a control character', 'Mina\u0007', /control/],
    ])('keeps their name when they ask for %s', async (_, displayName, gist) => {
      const mina = await stage.person('Mina');
      await expectRefusal(mina.attempt(UPDATE_PROFILE, { displayName }), 'BAD_USER_INPUT', gist);
      expect(await mina.ask(ME)).toMatchObject({ me: { displayName: 'Mina' } });
    });
  });

  describe('changing the password', () => {
    test('starts a new session and makes the old password useless', async () => {
      const person = await signUp(stage.door);
      const variables = { currentPassword: person.password, newPassword: NEW_PASSWORD };
      const answer = await person.ask<{ changePassword: AuthPayload }>(CHANGE_PASSWORD, variables);
      expect(answer.changePassword.user.id).toBe(person.id);
      const input = { email: person.email, password: person.password };
      await expectRefusal(stage.guest.attempt(SIGN_IN, { input }), 'UNAUTHENTICATED');
      const again = await signIn(stage.door, { ...person, password: NEW_PASSWORD });
      expect(again.id).toBe(person.id);
    });

    test.each([
      ['a short one', 'seven77', /8/],
      ['a common one', 'password123', /common/],
    ])('refuses %s and keeps the old one', async (_, newPassword, gist) => {
      const mina = await stage.person('Mina');
      const variables = { currentPassword: mina.password, newPassword };
      await expectRefusal(mina.attempt(CHANGE_PASSWORD, variables), 'BAD_USER_INPUT', gist);
      expect((await signIn(stage.door, mina)).id).toBe(mina.id);
    });

    test('refuses a wrong current password and keeps the sessions', async () => {
      const mina = await stage.person('Mina');
      const variables = { currentPassword: 'not the password', newPassword: NEW_PASSWORD };
      await expectRefusal(mina.attempt(CHANGE_PASSWORD, variables), 'UNAUTHENTICATED');
      await expectRefusal(
        stage.guest.attempt(SIGN_IN, { input: { email: mina.email, password: NEW_PASSWORD } }),
        'UNAUTHENTICATED',
      );
    });
  });
}
