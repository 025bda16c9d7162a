import { randomBytes } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { PadRecord } from '#domain/memo/pad.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { createInviteStore } from '#table/memo/inviteStore.ts';
import { memberItemKey, padItemKey } from '#table/memo/padItem.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const table = useTable(MEMO_TABLE);
const NOW = '2026-01-31T09:30:00.000Z';
const newId = () => createUlid(Date.parse(NOW), randomBytes);
/** Many requests in one test: a few seconds where others work, too. */
const ON_A_BUSY_MACHINE_MS = 60_000;

async function givenPad(memberCount = 1) {
  const pads = createPadStore(table);
  const invites = createInviteStore(table);
  const pad: PadRecord = { id: newId(), name: '집', createdAt: NOW, memberCount: 1, ownerCount: 1 };
  const [ownerId, ...others] = Array.from({ length: memberCount }, newId);
  await pads.createPad(pad, ownerId!);
  const invite = {
    id: newId(),
    padId: pad.id,
    role: 'EDITOR',
    expiresAt: NOW,
    createdBy: ownerId!,
    secretHash: 'hash',
  } as const;
  await invites.createInvite(invite);
  for (const userId of others) await invites.acceptInvite({ invite, userId, since: NOW });
  const members = await pads.listMembers(pad.id);
  return { pads, invites, invite, pad, ownerId: ownerId!, others, members };
}

const row = async (key: ReturnType<typeof padItemKey>) => {
  const { Item } = await table.dynamoDb.send(
    new GetItemCommand({ TableName: table.tableName, Key: key }),
  );
  return Item ? unmarshall(Item) : null;
};

describe('a pad’s rows', () => {
  test('are the pad with its counts, a row a member and a row an invite', async () => {
    const { pad, ownerId, invite } = await givenPad();
    expect(await row(padItemKey(pad.id))).toEqual({
      PK: `PAD#${pad.id}`,
      SK: 'PAD',
      name: '집',
      createdAt: NOW,
      memberCount: 1,
      ownerCount: 1,
    });
    expect(await row(memberItemKey({ padId: pad.id, userId: ownerId }))).toEqual({
      PK: `PAD#${pad.id}`,
      SK: `MEMBER#${ownerId}`,
      role: 'OWNER',
      since: NOW,
      member: ownerId,
    });
    expect(await row({ PK: { S: `PAD#${pad.id}` }, SK: { S: `INVITE#${invite.id}` } })).toEqual({
      PK: `PAD#${pad.id}`,
      SK: `INVITE#${invite.id}`,
      role: 'EDITOR',
      expiresAt: NOW,
      createdBy: ownerId,
      secretHash: 'hash',
      ttl: Date.parse(NOW) / 1000,
    });
  });

  test('count every member who comes, changes and goes', async () => {
    const { pads, pad, ownerId, others } = await givenPad(3);
    const counts = async () => {
      const { memberCount, ownerCount } = (await pads.pad(pad.id))!;
      return { memberCount, ownerCount };
    };
    const [first, second] = others.map((userId) => ({ padId: pad.id, userId }));
    expect(await counts()).toEqual({ memberCount: 3, ownerCount: 1 });
    expect(await pads.changeRole(first!, 'EDITOR', 'OWNER')).toBe('DONE');
    expect(await pads.changeRole(second!, 'EDITOR', 'VIEWER')).toBe('DONE');
    expect(await counts()).toEqual({ memberCount: 3, ownerCount: 2 });
    expect(await pads.changeRole({ padId: pad.id, userId: ownerId }, 'OWNER', 'VIEWER')).toBe(
      'DONE',
    );
    expect(await pads.removeMember(second!, 'VIEWER')).toBe('DONE');
    expect(await counts()).toEqual({ memberCount: 2, ownerCount: 1 });
  });

  test('leave a tombstone without name and counts', async () => {
    const { pads, pad, members, ownerId } = await givenPad(2);
    expect(await pads.deletePad(pad.id, members, NOW)).toBe('DONE');
    expect(await row(padItemKey(pad.id))).toEqual({
      PK: `PAD#${pad.id}`,
      SK: 'PAD',
      createdAt: NOW,
      deletedAt: NOW,
    });
    expect(await pads.pad(pad.id)).toBeNull();
    expect(await pads.listMembers(pad.id)).toEqual([]);
    expect(await pads.memberships(ownerId)).toEqual([]);
    expect(await pads.countPads(ownerId)).toBe(0);
  });

  test(
    'of 50 members are all removed by one transaction',
    async () => {
      const { pads, pad, members } = await givenPad(50);
      expect(members.length).toBe(50);
      expect(await pads.deletePad(pad.id, members, NOW)).toBe('DONE');
      expect(await pads.listMembers(pad.id)).toEqual([]);
    },
    ON_A_BUSY_MACHINE_MS,
  );
});

describe('a write changes nothing', () => {
  test('when a member it names has another role by now', async () => {
    const { pads, pad, others, members } = await givenPad(2);
    const key = { padId: pad.id, userId: others[0]! };
    await pads.changeRole(key, 'EDITOR', 'VIEWER');
    const before = await pads.pad(pad.id);
    expect(await pads.changeRole(key, 'EDITOR', 'OWNER')).toBe('CHANGED');
    expect(await pads.removeMember(key, 'EDITOR')).toBe('CHANGED');
    expect(await pads.deletePad(pad.id, members, NOW)).toBe('CHANGED');
    expect(await pads.pad(pad.id)).toEqual(before);
    expect(await pads.role(key.padId, key.userId)).toBe('VIEWER');
  });

  test('when a member it names is gone', async () => {
    const { pads, pad, others, members } = await givenPad(3);
    const key = { padId: pad.id, userId: others[0]! };
    expect(await pads.removeMember(key, 'EDITOR')).toBe('DONE');
    expect(await pads.removeMember(key, 'EDITOR')).toBe('CHANGED');
    expect(await pads.changeRole(key, 'EDITOR', 'OWNER')).toBe('CHANGED');
    expect(await pads.deletePad(pad.id, members, NOW)).toBe('CHANGED');
    expect((await pads.pad(pad.id))?.memberCount).toBe(2);
  });

  test('when the last OWNER would go', async () => {
    const { pads, pad, ownerId } = await givenPad(2);
    const key = { padId: pad.id, userId: ownerId };
    expect(await pads.changeRole(key, 'OWNER', 'EDITOR')).toBe('CHANGED');
    expect(await pads.removeMember(key, 'OWNER')).toBe('CHANGED');
    expect(await pads.role(pad.id, ownerId)).toBe('OWNER');
  });

  test('when a pad to delete has other members than those read', async () => {
    const { pads, invites, invite, pad, others, members } = await givenPad(2);
    await invites.acceptInvite({ invite, userId: newId(), since: NOW });
    expect(await pads.deletePad(pad.id, members, NOW)).toBe('CHANGED');
    // One came, another went: as many as were read, but not the same.
    await pads.removeMember({ padId: pad.id, userId: others[0]! }, 'EDITOR');
    expect(await pads.deletePad(pad.id, members, NOW)).toBe('CHANGED');
    expect((await pads.listMembers(pad.id)).length).toBe(2);
  });

  test('when the pad is deleted', async () => {
    const { pads, invites, invite, pad, members, ownerId } = await givenPad();
    await pads.deletePad(pad.id, members, NOW);
    const key = { padId: pad.id, userId: ownerId };
    expect(await pads.renamePad(pad.id, 'Back')).toBe('CHANGED');
    expect(await pads.changeRole(key, 'OWNER', 'OWNER')).toBe('CHANGED');
    expect(await pads.deletePad(pad.id, members, NOW)).toBe('CHANGED');
    const acceptance = { invite, userId: newId(), since: NOW };
    expect(await invites.acceptInvite(acceptance)).toBe('CHANGED');
    expect(await pads.listMembers(pad.id)).toEqual([]);
  });

  test('when its pad was never made, or is made twice', async () => {
    const { pads, pad } = await givenPad();
    expect(await pads.createPad({ ...pad, name: 'Twice' }, newId())).toBe('CHANGED');
    expect((await pads.pad(pad.id))?.name).toBe('집');
    const nowhere = { padId: newId(), userId: newId() };
    expect(await pads.renamePad(nowhere.padId, 'New')).toBe('CHANGED');
    expect(await pads.removeMember(nowhere, 'EDITOR')).toBe('CHANGED');
    expect(await pads.pad(nowhere.padId)).toBeNull();
  });
});
