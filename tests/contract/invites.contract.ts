import { describe, expect, test } from '@jest/globals';
import {
  ACCEPT_INVITE,
  acceptInvite,
  CREATE_INVITE,
  createInvite,
  createPad,
  DELETE_PAD,
  givenSharedPad,
  type PadRole,
  REVOKE_INVITE,
  readPad,
} from './pads.ts';
import { signIn } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const DAY_MS = 24 * 60 * 60_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

/** Invites: secret links into a shared pad that end, and can be ended. */
export function invitesContract(stage: Stage): void {
  const mina = () => stage.person('Mina');
  const joon = () => stage.person('Joon');

  describe('an invite', () => {
    test.each<PadRole>(['VIEWER', 'EDITOR', 'OWNER'])(
      'makes whoever accepts it %s',
      async (role) => {
        const [owner, joiner] = [await mina(), await joon()];
        const { id } = await createPad(owner);
        const { secret, ...invite } = await createInvite(owner, id, role);
        expect(invite.role).toBe(role);
        const pad = await acceptInvite(joiner, secret);
        expect(pad).toMatchObject({ id, role, personal: false });
        expect(pad.members.map(({ user }) => user.id)).toEqual([owner.id, joiner.id]);
      },
    );

    test('works for several people', async () => {
      const { id } = await createPad(await mina());
      const { secret } = await createInvite(await mina(), id, 'VIEWER');
      for (const person of [await joon(), await stage.person('Sora')])
        expect((await acceptInvite(person, secret)).role).toBe('VIEWER');
    });

    test('leaves a member the role they have', async () => {
      const [owner, member] = [await mina(), await joon()];
      const { id } = await givenSharedPad(owner, [[member, 'VIEWER']]);
      const { secret } = await createInvite(owner, id, 'OWNER');
      expect((await acceptInvite(member, secret)).role).toBe('VIEWER');
      const lower = await createInvite(owner, id, 'VIEWER');
      expect((await acceptInvite(owner, lower.secret)).role).toBe('OWNER');
    });

    test('names its secret and its page only to whoever makes it', async () => {
      const owner = await mina();
      const { id } = await createPad(owner);
      const { secret, url, ...invite } = await createInvite(owner, id, 'EDITOR');
      expect(secret.length).toBeGreaterThan(20);
      expect(url === null || new URL(url).href.includes(secret)).toBe(true);
      const { invites } = await readPad(owner, id);
      expect(invites).toEqual([{ ...invite, secret: null, url: null }]);
      expect(invite.id).not.toContain(secret);
    });

    test('ends after 7 days when nothing else is said', async () => {
      const { id } = await createPad(await mina());
      const { secret, expiresAt } = await createInvite(await mina(), id, 'VIEWER');
      const days = (Date.parse(expiresAt) - Date.now()) / DAY_MS;
      expect(days).toBeGreaterThan(6.99);
      expect(days).toBeLessThanOrEqual(7);
      const person = await joon();
      await stage.door.later(7 * DAY_MS + 1_000, async () => {
        const later = await signIn(stage.door, person);
        await expectRefusal(later.attempt(ACCEPT_INVITE, { secret }), 'NOT_FOUND', /invite/);
      });
    });

    test.each([0.001, 1, 29.99])('ends when it is said to: in %d days', async (days) => {
      const { id } = await createPad(await mina());
      const wish = inDays(days);
      const { expiresAt } = await createInvite(await mina(), id, 'VIEWER', wish);
      expect(Math.abs(Date.parse(expiresAt) - Date.parse(wish))).toBeLessThan(1_000);
    });

    test.each([
      ['in the past', inDays(-1)],
      ['more than 30 days ahead', inDays(30.01)],
    ])('can’t end %s', async (_, expiresAt) => {
      const owner = await mina();
      const pad = await givenSharedPad(owner);
      const variables = { padId: pad.id, role: 'VIEWER', expiresAt };
      await expectRefusal(owner.attempt(CREATE_INVITE, variables), 'BAD_USER_INPUT', /30 days/);
      expect(await readPad(owner, pad.id)).toEqual(pad);
    });

    test('is useless once it is revoked, but whoever came by it stays', async () => {
      const [owner, member] = [await mina(), await joon()];
      const { id: padId } = await createPad(owner);
      const { id, secret } = await createInvite(owner, padId, 'VIEWER');
      await acceptInvite(member, secret);
      expect(await owner.ask(REVOKE_INVITE, { padId, id })).toEqual({ revokeInvite: true });
      const late = (await stage.person('Sora')).attempt(ACCEPT_INVITE, { secret });
      await expectRefusal(late, 'NOT_FOUND', /invite/);
      expect(await readPad(owner, padId)).toMatchObject({ invites: [] });
      expect((await readPad(member, padId)).role).toBe('VIEWER');
      await expectRefusal(owner.attempt(REVOKE_INVITE, { padId, id }), 'NOT_FOUND', /invite/);
    });

    test('is useless once its pad is deleted', async () => {
      const owner = await mina();
      const { id } = await createPad(owner);
      const { secret } = await createInvite(owner, id, 'VIEWER');
      await owner.ask(DELETE_PAD, { id });
      await expectRefusal((await joon()).attempt(ACCEPT_INVITE, { secret }), 'NOT_FOUND', /invite/);
    });

    test('that was guessed is no invite', async () => {
      const owner = await mina();
      const { id } = await createPad(owner);
      const { secret, ...invite } = await createInvite(owner, id, 'VIEWER');
      const guesses = [
        '',
        'guess',
        id,
        invite.id,
        `${secret}x`,
        secret.slice(1),
        's'.repeat(10_000),
      ];
      for (const guess of guesses) {
        const attempt = (await joon()).attempt(ACCEPT_INVITE, { secret: guess });
        await expectRefusal(attempt, 'NOT_FOUND', /invite/);
      }
    });
  });
}
