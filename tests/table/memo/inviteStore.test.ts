import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { InviteRecord } from '#domain/memo/invite.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { createInviteStore } from '#table/memo/inviteStore.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const table = useTable(MEMO_TABLE);
const BEFORE = '2026-01-31T09:29:59.999Z';
const END = '2026-01-31T09:30:00.000Z';
const newId = () => createUlid(Date.parse(BEFORE), randomBytes);
/** Many requests in one test: a few seconds where others work, too. */
const ON_A_BUSY_MACHINE_MS = 60_000;

async function givenInvite(given: Partial<InviteRecord> = {}) {
  const [pads, invites] = [createPadStore(table), createInviteStore(table)];
  const padId = newId();
  const pad = { id: padId, name: '집', createdAt: BEFORE, memberCount: 1, ownerCount: 1 };
  await pads.createPad(pad, newId());
  const invite: InviteRecord = {
    id: newId(),
    padId,
    role: 'EDITOR',
    expiresAt: END,
    createdBy: newId(),
    secretHash: 'hash',
    ...given,
  };
  await invites.createInvite(invite);
  return { pads, invites, invite, padId };
}

describe('an invite’s row', () => {
  test('is found until the invite ends, though the row stays', async () => {
    const { invites, invite, padId } = await givenInvite();
    expect(await invites.invite(padId, invite.id, BEFORE)).toEqual(invite);
    expect(await invites.listInvites(padId, BEFORE)).toEqual([invite]);
    expect(await invites.invite(padId, invite.id, END)).toBeNull();
    expect(await invites.listInvites(padId, END)).toEqual([]);
  });

  test('is found in its own pad alone', async () => {
    const [one, other] = [await givenInvite(), await givenInvite()];
    expect(await one.invites.invite(other.padId, one.invite.id, BEFORE)).toBeNull();
    expect(await one.invites.listInvites(other.padId, BEFORE)).toEqual([other.invite]);
  });

  test('goes when it is revoked, once', async () => {
    const { invites, invite, padId } = await givenInvite();
    expect(await invites.revokeInvite(padId, invite.id)).toBe('DONE');
    expect(await invites.invite(padId, invite.id, BEFORE)).toBeNull();
    expect(await invites.revokeInvite(padId, invite.id)).toBe('CHANGED');
  });
});

describe('accepting', () => {
  test('adds the member with the invite’s role', async () => {
    const { pads, invites, invite, padId } = await givenInvite({ role: 'OWNER' });
    const userId = newId();
    expect(await invites.acceptInvite({ invite, userId, since: END })).toBe('DONE');
    expect(await pads.listMembers(padId)).toContainEqual({ userId, role: 'OWNER', since: END });
    expect(await pads.pad(padId)).toMatchObject({ memberCount: 2, ownerCount: 2 });
  });

  test('changes nothing once the invite is revoked', async () => {
    const { pads, invites, invite, padId } = await givenInvite();
    await invites.revokeInvite(padId, invite.id);
    const acceptance = { invite, userId: newId(), since: END };
    expect(await invites.acceptInvite(acceptance)).toBe('CHANGED');
    expect((await pads.listMembers(padId)).length).toBe(1);
    expect(await pads.pad(padId)).toMatchObject({ memberCount: 1, ownerCount: 1 });
  });

  test('leaves a member as they are', async () => {
    const { pads, invites, invite, padId } = await givenInvite();
    const userId = newId();
    await invites.acceptInvite({ invite, userId, since: BEFORE });
    const again = { invite: { ...invite, role: 'OWNER' }, userId, since: END } as const;
    expect(await invites.acceptInvite(again)).toBe('CHANGED');
    expect(await pads.role(padId, userId)).toBe('EDITOR');
    expect(await pads.pad(padId)).toMatchObject({ memberCount: 2, ownerCount: 1 });
  });

  test(
    'changes nothing when the pad has 50 members',
    async () => {
      const { pads, invites, invite, padId } = await givenInvite();
      const accept = () => invites.acceptInvite({ invite, userId: newId(), since: END });
      for (let count = 1; count < 50; count += 1) expect(await accept()).toBe('DONE');
      expect(await accept()).toBe('CHANGED');
      expect((await pads.listMembers(padId)).length).toBe(50);
    },
    ON_A_BUSY_MACHINE_MS,
  );
});
