import { describe, expect, test } from '@jest/globals';
import type { PadRole } from '#domain/memo/role.ts';
import {
  ACCEPT_INVITE,
  DELETE_PAD,
  givenInvite,
  givenMember,
  givenPad,
  LEAVE_PAD,
  type PadView,
  READ_PAD,
  REMOVE_MEMBER,
  readPad,
  SET_ROLE,
} from '#tests/subgraphs/memo/operations.ts';
import type { PadDoor, Person } from '#tests/subgraphs/memo/service.ts';

/** What holds for members of pads, whichever door is asked. */
export function testMembers({ person }: PadDoor): void {
  /** Many requests in one test: a few seconds where others work, too. */
  const ON_A_BUSY_MACHINE_MS = 60_000;

  /** A pad of mina's, with joon and sora in these roles. */
  async function givenThree(joonsRole: PadRole = 'EDITOR', sorasRole: PadRole = 'VIEWER') {
    const [mina, joon, sora] = [person(), person(), person()];
    const { id } = await givenPad(mina);
    await givenMember(mina, id, joon, joonsRole);
    await givenMember(mina, id, sora, sorasRole);
    return { id, mina, joon, sora };
  }

  const rolesOf = ({ members }: PadView) => members.map(({ role }) => role);

  const owners = async (member: Person, id: string) =>
    (await readPad(member, id)).members
      .filter(({ role }) => role === 'OWNER')
      .map(({ user }) => user.id);

  describe('the members of a pad', () => {
    test('are shown the longest member first', async () => {
      const { id, mina, joon, sora } = await givenThree();
      const { members } = await readPad(sora, id);
      expect(members.map(({ user, role }) => [user.id, role])).toEqual([
        [mina.id, 'OWNER'],
        [joon.id, 'EDITOR'],
        [sora.id, 'VIEWER'],
      ]);
      const times = members.map(({ since }) => since);
      expect(times).toEqual([...new Set(times)].sort());
    });

    test('get another role from an OWNER, in the answer and from then on', async () => {
      const { id, mina, joon, sora } = await givenThree();
      const change = { padId: id, userId: joon.id, role: 'OWNER' };
      const { setRole } = await mina.ask<{ setRole: PadView }>(SET_ROLE, change);
      expect([setRole.role, rolesOf(setRole)]).toEqual(['OWNER', ['OWNER', 'OWNER', 'VIEWER']]);
      expect((await readPad(joon, id)).role).toBe('OWNER');
      await joon.ask(SET_ROLE, { padId: id, userId: sora.id, role: 'EDITOR' });
      expect((await readPad(sora, id)).role).toBe('EDITOR');
    });

    test('may be given the role they have', async () => {
      const { id, mina, joon } = await givenThree();
      const before = await readPad(mina, id);
      for (const { userId, role } of [
        { userId: joon.id, role: 'EDITOR' },
        { userId: mina.id, role: 'OWNER' },
      ]) {
        const answer = await mina.ask(SET_ROLE, { padId: id, userId, role });
        expect(answer).toEqual({ setRole: before });
      }
    });

    test('are taken out by an OWNER', async () => {
      const { id, mina, joon, sora } = await givenThree('OWNER');
      const target = { padId: id, userId: joon.id };
      const { removeMember } = await mina.ask<{ removeMember: PadView }>(REMOVE_MEMBER, target);
      expect(rolesOf(removeMember)).toEqual(['OWNER', 'VIEWER']);
      expect(await joon.refused(READ_PAD, { id })).toMatch(/^NOT_FOUND/);
      expect(await mina.refused(REMOVE_MEMBER, target)).toMatch(/^NOT_FOUND: .* member/);
      expect(rolesOf(await readPad(sora, id))).toEqual(['OWNER', 'VIEWER']);
    });

    test('leave, and may come back with another role', async () => {
      const { id, mina, joon } = await givenThree();
      expect(await joon.ask(LEAVE_PAD, { padId: id })).toEqual({ leavePad: true });
      expect(await joon.refused(READ_PAD, { id })).toMatch(/^NOT_FOUND/);
      expect(await joon.refused(LEAVE_PAD, { padId: id })).toMatch(/^NOT_FOUND/);
      await givenMember(mina, id, joon, 'VIEWER');
      expect((await readPad(joon, id)).role).toBe('VIEWER');
    });

    test('that aren’t there are not found', async () => {
      const { id, mina } = await givenThree();
      for (const userId of [person().id, '', 'x', `MEMBER#${mina.id}`, '0'.repeat(100_000)]) {
        const target = { padId: id, userId, role: 'EDITOR' };
        const expected = 'NOT_FOUND: Expected the user id of a member of this pad.';
        expect(await mina.refused(SET_ROLE, target)).toBe(expected);
        expect(await mina.refused(REMOVE_MEMBER, target)).toBe(expected);
      }
    });
  });

  describe('the last OWNER', () => {
    const waysOut: [string, string, object][] = [
      ['leave', LEAVE_PAD, {}],
      ['be removed', REMOVE_MEMBER, {}],
      ['step down', SET_ROLE, { role: 'VIEWER' }],
    ];

    test.each(waysOut)('can’t %s', async (what, operation, input) => {
      const { id, mina } = await givenThree();
      const before = await readPad(mina, id);
      const refusal = await mina.refused(operation, { padId: id, userId: mina.id, ...input });
      expect(refusal).toMatch(`BAD_USER_INPUT: The last OWNER of a pad can't ${what}.`);
      expect(await readPad(mina, id)).toEqual(before);
    });

    test.each(waysOut)('can %s once there is another', async (_, operation, input) => {
      const { id, mina, joon } = await givenThree('OWNER');
      await mina.ask(operation, { padId: id, userId: mina.id, ...input });
      expect(await owners(joon, id)).toEqual([joon.id]);
      expect(await joon.refused(operation, { padId: id, userId: joon.id, ...input })).toMatch(
        'The last OWNER',
      );
    });

    test('who steps down sees the new role in the answer', async () => {
      const { id, mina } = await givenThree('OWNER');
      const change = { padId: id, userId: mina.id, role: 'VIEWER' };
      const { setRole } = await mina.ask<{ setRole: PadView }>(SET_ROLE, change);
      expect(setRole).toMatchObject({ role: 'VIEWER', invites: null });
    });

    test.each<[string, string, (target: string) => object]>([
      ['demote each other', SET_ROLE, (userId) => ({ userId, role: 'VIEWER' })],
      ['remove each other', REMOVE_MEMBER, (userId) => ({ userId })],
      ['both leave', LEAVE_PAD, () => ({})],
      ['both step down', SET_ROLE, () => ({ role: 'VIEWER' })],
    ])(
      'is left when two %s at once',
      async (_, operation, input) => {
        for (let round = 0; round < 4; round += 1) {
          const { id, mina, joon, sora } = await givenThree('OWNER');
          const results = await Promise.allSettled([
            mina.ask(operation, { padId: id, userId: mina.id, ...input(joon.id) }),
            joon.ask(operation, { padId: id, userId: joon.id, ...input(mina.id) }),
          ]);
          expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
          expect((await owners(sora, id)).length).toBe(1);
        }
      },
      ON_A_BUSY_MACHINE_MS,
    );
  });

  describe('an OWNER who is one no longer', () => {
    const goings: [string, (scene: Awaited<ReturnType<typeof givenThree>>) => Promise<unknown>][] =
      [
        [
          'is removed',
          ({ id, mina, joon }) => mina.ask(REMOVE_MEMBER, { padId: id, userId: joon.id }),
        ],
        ['leaves', ({ id, joon }) => joon.ask(LEAVE_PAD, { padId: id })],
        [
          'is demoted',
          ({ id, mina, joon }) =>
            mina.ask(SET_ROLE, { padId: id, userId: joon.id, role: 'EDITOR' }),
        ],
        [
          'steps down',
          ({ id, joon }) => joon.ask(SET_ROLE, { padId: id, userId: joon.id, role: 'VIEWER' }),
        ],
      ];

    test.each(goings)('and %s takes the invites they made along, no others', async (_, go) => {
      const scene = await givenThree('OWNER');
      const { id, mina, joon } = scene;
      const joons = [await givenInvite(joon, id, 'OWNER'), await givenInvite(joon, id, 'VIEWER')];
      const minas = await givenInvite(mina, id, 'VIEWER');
      await go(scene);
      expect((await readPad(mina, id)).invites?.map((invite) => invite.id)).toEqual([minas.id]);
      const stranger = person();
      for (const { secret } of joons) {
        for (const guest of [joon, stranger]) {
          expect(await guest.refused(ACCEPT_INVITE, { secret })).toMatch(/^NOT_FOUND/);
        }
      }
      await stranger.ask(ACCEPT_INVITE, { secret: minas.secret });
    });

    test('may have made more than 50, which all end', async () => {
      const { id, mina, joon } = await givenThree('OWNER');
      const wishes = Array.from({ length: 60 }, () => givenInvite(joon, id).catch(() => null));
      const made = (await Promise.all(wishes)).filter((invite) => invite !== null);
      expect(made.length).toBeGreaterThanOrEqual(50);
      await mina.ask(REMOVE_MEMBER, { padId: id, userId: joon.id });
      expect((await readPad(mina, id)).invites).toEqual([]);
    });

    test('keeps them when nothing changes', async () => {
      const { id, mina, joon } = await givenThree('OWNER');
      const invite = await givenInvite(joon, id);
      await mina.ask(SET_ROLE, { padId: id, userId: joon.id, role: 'OWNER' });
      expect((await readPad(mina, id)).invites?.map((one) => one.id)).toEqual([invite.id]);
      await joon.refused(REMOVE_MEMBER, { padId: id, userId: person().id });
      await mina.ask(SET_ROLE, { padId: id, userId: mina.id, role: 'VIEWER' });
      await joon.refused(LEAVE_PAD, { padId: id });
      expect((await readPad(joon, id)).invites?.map((one) => one.id)).toEqual([invite.id]);
    });
  });

  describe('what takes an OWNER', () => {
    test.each<PadRole>(['EDITOR', 'VIEWER'])('is refused to a member who is %s', async (role) => {
      const { id, mina, joon, sora } = await givenThree(role);
      const before = await readPad(mina, id);
      const operations: [string, object][] = [
        [SET_ROLE, { userId: joon.id, role: 'OWNER' }],
        [SET_ROLE, { userId: sora.id, role: 'EDITOR' }],
        [REMOVE_MEMBER, { userId: mina.id }],
        [REMOVE_MEMBER, { userId: joon.id }],
        [DELETE_PAD, {}],
      ];
      for (const [operation, input] of operations) {
        expect(await joon.refused(operation, { id, padId: id, ...input })).toBe(
          `FORBIDDEN: Expected at least the role OWNER in this pad, the viewer's role is ${role}.`,
        );
      }
      expect(await readPad(mina, id)).toEqual(before);
    });
  });

  describe('operations of one request', () => {
    test('see what the one before wrote', async () => {
      const { id, mina, joon } = await givenThree('OWNER');
      const answer = await mina.ask(
        `mutation ($id: ID!, $mina: ID!) {
        before: renamePad(id: $id, name: "Before") { name role }
        down: setRole(padId: $id, userId: $mina, role: VIEWER) { name role }
        leave: leavePad(padId: $id)
      }`,
        { id, mina: mina.id },
      );
      expect(answer).toEqual({
        before: { name: 'Before', role: 'OWNER' },
        down: { name: 'Before', role: 'VIEWER' },
        leave: true,
      });
      const create = `mutation ($id: ID!) { leavePad(padId: $id)
      createMemo(input: { padId: $id, title: "Too late" }) { id } }`;
      const late = await givenPad(joon);
      await givenMember(joon, late.id, mina, 'EDITOR');
      expect(await mina.refused(create, { id: late.id })).toMatch(/^NOT_FOUND/);
      const demote = `mutation ($id: ID!, $mina: ID!) {
      first: createMemo(input: { padId: $id, title: "In time" }) { id }
      setRole(padId: $id, userId: $mina, role: VIEWER) { id }
      createMemo(input: { padId: $id, title: "Too late" }) { id } }`;
      const own = await givenPad(mina);
      await givenMember(mina, own.id, joon, 'OWNER');
      const refusal = await mina.refused(demote, { id: own.id, mina: mina.id });
      expect(refusal).toMatch(/^FORBIDDEN: .* EDITOR/);
    });
  });
}
