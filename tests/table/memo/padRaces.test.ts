import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isoTime } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import { acceptInvite } from '#domain/memo/acceptInvite.ts';
import { createPad } from '#domain/memo/createPad.ts';
import { createInviteSecret, hashInviteSecret } from '#domain/memo/invite.ts';
import { leavePad } from '#domain/memo/leavePad.ts';
import { removeMember } from '#domain/memo/removeMember.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { setRole } from '#domain/memo/setRole.ts';
import { createInviteStore } from '#table/memo/inviteStore.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';
import { DAY_MS, NOW, someUlid, someViewer } from '#tests/support/memos.ts';

const table = useTable(MEMO_TABLE);
const ROLES: readonly PadRole[] = ['OWNER', 'EDITOR', 'VIEWER'];
const PEOPLE = 3;

/** What somebody does to somebody (perhaps themselves), by their places among the people. */
const action = fc.record({
  what: fc.constantFrom('accept', 'leave', 'remove', 'setRole'),
  who: fc.nat(PEOPLE - 1),
  whom: fc.nat(PEOPLE - 1),
  role: fc.constantFrom(...ROLES),
});

test('whatever members do at once, a pad keeps an OWNER and its counts stay true', async () => {
  const pads = createPadStore(table);
  const invites = createInviteStore(table);
  const ports = { pads, members: pads, invites, clock: () => NOW, randomBytes };
  const scene = fc.array(fc.array(action, { minLength: 2, maxLength: 5 }), {
    minLength: 3,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(scene, async (rounds) => {
      const people = Array.from({ length: PEOPLE }, someViewer);
      const { id: padId } = await createPad(ports, people[0]!, 'Race');
      const secrets = await Promise.all(ROLES.map((role) => givenLastingInvite(padId, role)));
      // All begin as OWNERs: who races is mostly allowed to.
      for (const joiner of people) await acceptInvite(ports, joiner, secrets[0]!);
      for (const actions of rounds) {
        await Promise.all(
          actions.map(async ({ what, who, whom, role }) => {
            const viewer = people[who]!;
            const { userId } = people[whom]!;
            const doing = {
              accept: () => acceptInvite(ports, viewer, secrets[ROLES.indexOf(role)]!),
              leave: () => leavePad(ports, viewer, padId),
              remove: () => removeMember(ports, viewer, { padId, userId }),
              setRole: () => setRole(ports, viewer, { padId, userId, role }),
            };
            await doing[what]().catch(ignoreRefusal);
          }),
        );
        const members = await pads.listMembers(padId);
        const ownerCount = members.filter(({ role }) => role === 'OWNER').length;
        expect(ownerCount).toBeGreaterThan(0);
        expect(await pads.pad(padId)).toMatchObject({ memberCount: members.length, ownerCount });
      }
    }),
    { numRuns: 12 },
  );
}, 60_000);

/** One that ends with nobody's role: made by somebody who is no member. */
async function givenLastingInvite(padId: string, role: PadRole): Promise<string> {
  const [id, createdBy, expiresAt] = [someUlid(), someUlid(), isoTime(NOW + DAY_MS)];
  const secret = createInviteSecret({ padId, inviteId: id }, [...randomBytes(32)]);
  const secretHash = hashInviteSecret(secret);
  const invite = { id, padId, role, expiresAt, createdBy, secretHash };
  await createInviteStore(table).createInvite(invite);
  return secret;
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof MemopadError)) throw error;
}
