import { describe, expect, test } from '@jest/globals';
import type { PadRole } from '#domain/memo/role.ts';
import {
  ACCEPT_INVITE,
  CREATE_INVITE,
  DELETE_PAD,
  givenInvite,
  givenMember,
  givenPad,
  type InviteView,
  LIST_PADS,
  type PadView,
  REVOKE_INVITE,
  readPad,
} from '#tests/subgraphs/memo/operations.ts';
import type { PadDoor } from '#tests/subgraphs/memo/service.ts';

/** What holds for invites, whichever door is asked. */
export function testInvites({ person, advance, noTime }: PadDoor): void {
  const DAY_MS = 24 * 60 * 60 * 1000;
  /** Many requests in one test: a few seconds where others work, too. */
  const ON_A_BUSY_MACHINE_MS = 60_000;
  const NOT_FOUND =
    'NOT_FOUND: Expected the secret of an invite that is neither expired nor revoked.';

  describe('an invite', () => {
    test.each<PadRole>(['VIEWER', 'EDITOR', 'OWNER'])(
      'makes each who accepts it a member who is %s',
      async (role) => {
        const [mina, joon, sora] = [person(), person(), person()];
        const { id } = await givenPad(mina, '여행');
        const { secret } = await givenInvite(mina, id, role);
        for (const joiner of [joon, sora]) {
          const { acceptInvite } = await joiner.ask<{ acceptInvite: PadView }>(ACCEPT_INVITE, {
            secret,
          });
          expect(acceptInvite).toMatchObject({ id, name: '여행', role, personal: false });
          expect(await readPad(joiner, id)).toEqual(acceptInvite);
        }
        const { members } = await readPad(mina, id);
        expect(members.map(({ user }) => user.id)).toEqual([mina.id, joon.id, sora.id]);
      },
    );

    test('tells its secret and page once', async () => {
      const mina = person();
      const { id } = await givenPad(mina);
      const { secret, url, ...invite } = await givenInvite(mina, id);
      expect(secret).toMatch(new RegExp(`^${id}\\.${invite.id}\\.[A-Za-z0-9_-]{43}$`));
      expect(url).toBe(`https://memopad.example/join#${secret}`);
      expect((await readPad(mina, id)).invites).toEqual([{ ...invite, secret: null, url: null }]);
    });

    test('leaves a member the role they have', async () => {
      const [mina, joon] = [person(), person()];
      const { id } = await givenPad(mina);
      await givenMember(mina, id, joon, 'VIEWER');
      const { secret } = await givenInvite(mina, id, 'OWNER');
      for (const [member, role] of [
        [joon, 'VIEWER'],
        [mina, 'OWNER'],
      ] as const) {
        const { acceptInvite } = await member.ask<{ acceptInvite: PadView }>(ACCEPT_INVITE, {
          secret,
        });
        expect(acceptInvite.role).toBe(role);
      }
      expect((await readPad(mina, id)).members.length).toBe(2);
    });

    test('ends after 7 days when nothing else is said', async () => {
      const [mina, joon] = [person(), person()];
      const { id } = await givenPad(mina);
      const { secret } = await givenInvite(mina, id);
      advance(7 * DAY_MS - 10_000);
      expect((await readPad(mina, id)).invites?.length).toBe(1);
      await joon.ask(ACCEPT_INVITE, { secret });
      advance(10_000);
      expect((await readPad(mina, id)).invites).toEqual([]);
      expect(await person().refused(ACCEPT_INVITE, { secret })).toBe(NOT_FOUND);
      expect(await joon.refused(ACCEPT_INVITE, { secret })).toBe(NOT_FOUND);
    });

    test('ends when it is said to, told with any offset, to the millisecond', async () => {
      const mina = person();
      const { id: padId, createdAt } = await givenPad(mina);
      const end = Date.parse(createdAt) + 30 * DAY_MS;
      const expiresAt = new Date(end + 9 * 60 * 60_000).toISOString().replace('Z', '+09:00');
      const variables = { padId, role: 'VIEWER', expiresAt };
      const answer = await mina.ask<{ createInvite: InviteView }>(CREATE_INVITE, variables);
      expect(answer.createInvite.expiresAt).toBe(new Date(end).toISOString());
    });

    test('takes an end given as null for one left out', async () => {
      const mina = person();
      const { id: padId } = await givenPad(mina);
      const variables = { padId, role: 'VIEWER', expiresAt: null };
      const answer = await mina.ask<{ createInvite: InviteView }>(CREATE_INVITE, variables);
      expect(answer.createInvite.expiresAt).toMatch(/Z$/);
    });

    test.each([
      ['now', 0],
      ['in the past', -DAY_MS],
      ['more than 30 days ahead', 30 * DAY_MS + 60_000],
      ['in the year 9999', 7973 * 365 * DAY_MS],
    ])('can’t end %s', async (_, aheadMs) => {
      const mina = person();
      const { id: padId, createdAt } = await givenPad(mina);
      const expiresAt = new Date(Date.parse(createdAt) + aheadMs).toISOString();
      const variables = { padId, role: 'VIEWER', expiresAt };
      expect(await mina.refused(CREATE_INVITE, variables)).toBe(
        `BAD_USER_INPUT: Expected expiresAt in the future and at most 30 days ahead, got ${expiresAt}.`,
      );
    });

    test.each(['tomorrow', '2026-02-30T00:00:00Z', '2026-02-01', 5, true])(
      'can’t end %j',
      async (expiresAt) => {
        const mina = person();
        const { id: padId } = await givenPad(mina);
        const refusal = await mina.refused(CREATE_INVITE, { padId, role: 'VIEWER', expiresAt });
        expect(refusal).toMatch(noTime);
      },
    );

    test('is useless once revoked, but who came by it stays', async () => {
      const [mina, joon] = [person(), person()];
      const { id: padId } = await givenPad(mina);
      const { id, secret } = await givenInvite(mina, padId);
      await joon.ask(ACCEPT_INVITE, { secret });
      expect(await mina.ask(REVOKE_INVITE, { padId, id })).toEqual({ revokeInvite: true });
      for (const visitor of [person(), joon]) {
        expect(await visitor.refused(ACCEPT_INVITE, { secret })).toBe(NOT_FOUND);
      }
      expect((await readPad(joon, padId)).role).toBe('EDITOR');
      const again = await mina.refused(REVOKE_INVITE, { padId, id });
      expect(again).toBe('NOT_FOUND: Expected the id of an open invite of this pad.');
    });

    test('can’t be revoked by its id in another pad', async () => {
      const [mina, joon] = [person(), person()];
      const [minas, joons] = [await givenPad(mina), await givenPad(joon)];
      const { id, secret } = await givenInvite(mina, minas.id);
      expect(await joon.refused(REVOKE_INVITE, { padId: joons.id, id })).toMatch(/^NOT_FOUND/);
      expect(await joon.refused(REVOKE_INVITE, { padId: minas.id, id })).toMatch(/^NOT_FOUND/);
      await person().ask(ACCEPT_INVITE, { secret });
    });

    test.each(['', 'x', 'INVITE#', '0'.repeat(100_000)])(
      'is not found by an id that can’t be one (%#)',
      async (id) => {
        const mina = person();
        const { id: padId } = await givenPad(mina);
        expect(await mina.refused(REVOKE_INVITE, { padId, id })).toMatch(/^NOT_FOUND: .* invite/);
      },
    );

    test('is useless once its pad is deleted', async () => {
      const [mina, joon] = [person(), person()];
      const { id } = await givenPad(mina);
      const { secret } = await givenInvite(mina, id);
      await mina.ask(DELETE_PAD, { id });
      expect(await joon.refused(ACCEPT_INVITE, { secret })).toBe(NOT_FOUND);
      expect(await mina.refused(ACCEPT_INVITE, { secret })).toBe(NOT_FOUND);
    });

    test('is not found by a secret that is not exactly the one', async () => {
      const [mina, joon] = [person(), person()];
      const { id } = await givenPad(mina);
      const { secret, id: inviteId } = await givenInvite(mina, id);
      const random = secret.slice(-43);
      const other = random.startsWith('A') ? 'B' : 'A';
      const guesses = [
        '',
        'x',
        id,
        inviteId,
        `${id}.${inviteId}`,
        `${id}.${inviteId}.`,
        `${id}.${inviteId}.${other}${random.slice(1)}`,
        `${id}.${inviteId}.${random.slice(0, 42)}=`,
        `${inviteId}.${id}.${random}`,
        `${id.toLowerCase()}.${inviteId}.${random}`,
        `${secret}x`,
        ` ${secret}`,
        secret.slice(1),
        `${secret}.${secret}`,
        's'.repeat(1_000_000),
      ];
      for (const guess of guesses) {
        expect(await joon.refused(ACCEPT_INVITE, { secret: guess })).toBe(NOT_FOUND);
      }
      await joon.ask(ACCEPT_INVITE, { secret });
    });

    test('can’t be made for a personal pad', async () => {
      const mina = person();
      for (const [operation, input] of [
        [CREATE_INVITE, { role: 'VIEWER' }],
        [REVOKE_INVITE, { id: mina.id }],
      ] as const) {
        const refusal = await mina.refused(operation, { padId: mina.id, ...input });
        expect(refusal).toBe("BAD_USER_INPUT: A personal pad can't be shared.");
      }
    });
  });

  describe('the invites of a pad', () => {
    test('are shown to OWNERs alone, the oldest first', async () => {
      const [mina, joon, sora] = [person(), person(), person()];
      const { id } = await givenPad(mina);
      await givenMember(mina, id, joon, 'EDITOR');
      await givenMember(mina, id, sora, 'VIEWER');
      const ids = [await givenInvite(mina, id), await givenInvite(mina, id)].map((one) => one.id);
      expect((await readPad(mina, id)).invites?.map((one) => one.id)).toEqual(ids);
      expect((await readPad(joon, id)).invites).toBeNull();
      const { pads } = await sora.ask<{ pads: PadView[] }>(LIST_PADS);
      expect(pads.map(({ invites }) => invites)).toEqual([[], null]);
    });

    test.each<PadRole>(['EDITOR', 'VIEWER'])('can’t be run by a member who is %s', async (role) => {
      const [mina, joon] = [person(), person()];
      const { id: padId } = await givenPad(mina);
      await givenMember(mina, padId, joon, role);
      const { id } = await givenInvite(mina, padId);
      for (const operation of [CREATE_INVITE, REVOKE_INVITE]) {
        const refusal = await joon.refused(operation, { padId, id, role: 'OWNER' });
        expect(refusal).toMatch(/^FORBIDDEN: .* OWNER/);
      }
      expect((await readPad(mina, padId)).invites?.length).toBe(1);
    });

    test(
      'are at most 50 at a time; expired and revoked ones don’t count',
      async () => {
        const mina = person();
        const { id: padId } = await givenPad(mina);
        const ids: string[] = [];
        for (let count = 0; count < 50; count += 1) ids.push((await givenInvite(mina, padId)).id);
        const one = { padId, role: 'VIEWER' };
        expect(await mina.refused(CREATE_INVITE, one)).toBe(
          'BAD_USER_INPUT: Expected fewer than 50 open invites of the pad, got 50. Revoke one first.',
        );
        await mina.ask(REVOKE_INVITE, { padId, id: ids[0] });
        await mina.ask(CREATE_INVITE, one);
        advance(8 * DAY_MS);
        await mina.ask(CREATE_INVITE, one);
        expect((await readPad(mina, padId)).invites?.length).toBe(1);
      },
      ON_A_BUSY_MACHINE_MS,
    );
  });

  describe('a pad’s 50 places', () => {
    test(
      'are taken by the first who come, even at once',
      async () => {
        const mina = person();
        const { id } = await givenPad(mina);
        const { secret } = await givenInvite(mina, id, 'OWNER');
        const joiners = Array.from({ length: 53 }, () => person());
        const results = await Promise.allSettled(
          joiners.map((joiner) => joiner.ask(ACCEPT_INVITE, { secret })),
        );
        const accepted = joiners.filter((_, index) => results[index]?.status === 'fulfilled');
        expect(accepted.length).toBe(49);
        const { members } = await readPad(mina, id);
        expect(members.map(({ user }) => user.id).sort()).toEqual(
          [mina, ...accepted].map((member) => member.id).sort(),
        );
        expect(await person().refused(ACCEPT_INVITE, { secret })).toBe(
          'BAD_USER_INPUT: Expected a pad with fewer than 50 members, got one with 50.',
        );
        await mina.ask(DELETE_PAD, { id });
        for (const member of accepted.slice(0, 3)) {
          expect((await member.ask<{ pads: PadView[] }>(LIST_PADS)).pads.length).toBe(1);
        }
      },
      ON_A_BUSY_MACHINE_MS,
    );

    test('take somebody who accepts many times at once in once', async () => {
      const [mina, joon] = [person(), person()];
      const { id } = await givenPad(mina);
      const { secret } = await givenInvite(mina, id);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () =>
          joon.ask<{ acceptInvite: PadView }>(ACCEPT_INVITE, { secret }),
        ),
      );
      expect(answers.map(({ acceptInvite }) => acceptInvite.role)).toEqual(Array(5).fill('EDITOR'));
      expect((await readPad(mina, id)).members.length).toBe(2);
    });

    test(
      'are all empty after a pad was deleted while others joined',
      async () => {
        for (let round = 0; round < 4; round += 1) {
          const [mina, joiners] = [person(), Array.from({ length: 4 }, () => person())];
          const { id } = await givenPad(mina);
          const { secret } = await givenInvite(mina, id);
          const [first, second, ...rest] = joiners.map(
            (joiner) => () => joiner.ask(ACCEPT_INVITE, { secret }).catch(() => 'too late'),
          );
          // Whoever is overtaken too often is told CONFLICT, and sends the request again.
          const remove = (): Promise<unknown> =>
            mina.ask(DELETE_PAD, { id }).catch((error: Error) => {
              expect(error.message).toContain('CONFLICT');
              return remove();
            });
          await Promise.all([first?.(), second?.(), remove(), ...rest.map((join) => join())]);
          for (const joiner of joiners) {
            expect((await joiner.ask<{ pads: PadView[] }>(LIST_PADS)).pads.length).toBe(1);
          }
        }
      },
      ON_A_BUSY_MACHINE_MS,
    );
  });
}
