import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { MemopadError } from '#domain/errors.ts';
import { acceptInvite } from '#domain/memo/acceptInvite.ts';
import { createInvite } from '#domain/memo/createInvite.ts';
import { createPad } from '#domain/memo/createPad.ts';
import { deletePad } from '#domain/memo/deletePad.ts';
import { leavePad } from '#domain/memo/leavePad.ts';
import { listInvites } from '#domain/memo/listInvites.ts';
import { listMembers } from '#domain/memo/listMembers.ts';
import { listPads } from '#domain/memo/listPads.ts';
import { readPad } from '#domain/memo/readPad.ts';
import { removeMember } from '#domain/memo/removeMember.ts';
import { renamePad } from '#domain/memo/renamePad.ts';
import { revokeInvite } from '#domain/memo/revokeInvite.ts';
import { setRole } from '#domain/memo/setRole.ts';
import { createInviteStore } from '#table/memo/inviteStore.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useMeter } from '#tests/support/capacity.ts';
import { useTable } from '#tests/support/engine.ts';
import { NOW, someViewer } from '#tests/support/memos.ts';

const meter = useMeter(useTable(MEMO_TABLE));

function givenPorts() {
  const pads = createPadStore(meter.table);
  return {
    pads,
    members: pads,
    invites: createInviteStore(meter.table),
    clock: () => NOW,
    randomBytes,
  };
}

/** A pad of the owner's with one EDITOR, one more OWNER and one invite. */
async function givenPad() {
  const ports = givenPorts();
  const [owner, other, editor] = [someViewer(), someViewer(), someViewer()];
  const { id: padId } = await createPad(ports, owner, '우리 집 🏠');
  const owners = await createInvite(ports, owner, { padId, role: 'OWNER' });
  await acceptInvite(ports, other, owners.secret);
  await revokeInvite(ports, owner, { padId, inviteId: owners.id });
  const { secret, id: inviteId } = await createInvite(ports, owner, { padId, role: 'EDITOR' });
  await acceptInvite(ports, editor, secret);
  return { ports, owner, other, editor, padId, secret, inviteId };
}

type GivenPad = Awaited<ReturnType<typeof givenPad>>;

type Operation = (given: GivenPad) => Promise<unknown>;

/** Read and write units, the check of who asks included. README.md of the room lists these numbers. */
const OPERATIONS: readonly [string, Operation, number, number][] = [
  ['listing pads, one shared', ({ ports, owner }) => listPads(ports, owner), 2.5, 0],
  ['reading a pad', ({ ports, editor, padId }) => readPad(ports, editor, padId), 2, 0],
  ['reading a personal pad', ({ ports, owner }) => readPad(ports, owner, owner.userId), 0, 0],
  ['listing members', ({ ports, editor, padId }) => listMembers(ports, editor, padId), 2, 0],
  ['listing invites', ({ ports, owner, padId }) => listInvites(ports, owner, padId), 2, 0],
  ['createPad', ({ ports, owner }) => createPad(ports, owner, 'New'), 0.5, 5],
  ['renamePad', ({ ports, owner, padId }) => renamePad(ports, owner, padId, 'New'), 2, 1],
  ['deletePad, three members', ({ ports, owner, padId }) => deletePad(ports, owner, padId), 2, 11],
  [
    'createInvite',
    ({ ports, owner, padId }) => createInvite(ports, owner, { padId, role: 'VIEWER' }),
    2,
    1,
  ],
  [
    'revokeInvite',
    ({ ports, owner, padId, inviteId }) => revokeInvite(ports, owner, { padId, inviteId }),
    2,
    1,
  ],
  ['acceptInvite', ({ ports, secret }) => acceptInvite(ports, someViewer(), secret), 3.5, 7],
  [
    'acceptInvite by a member',
    ({ ports, editor, secret }) => acceptInvite(ports, editor, secret),
    3,
    0,
  ],
  ['a guessed acceptInvite', ({ ports, editor }) => acceptInvite(ports, editor, 'guess'), 0, 0],
  [
    'setRole between EDITOR and VIEWER',
    ({ ports, owner, editor: { userId }, padId }) =>
      setRole(ports, owner, { padId, userId, role: 'VIEWER' }),
    3,
    3,
  ],
  [
    'setRole to OWNER',
    ({ ports, owner, editor: { userId }, padId }) =>
      setRole(ports, owner, { padId, userId, role: 'OWNER' }),
    3,
    5,
  ],
  [
    'setRole from OWNER',
    ({ ports, owner, other: { userId }, padId }) =>
      setRole(ports, owner, { padId, userId, role: 'EDITOR' }),
    4,
    5,
  ],
  [
    'removeMember',
    ({ ports, owner, editor: { userId }, padId }) => removeMember(ports, owner, { padId, userId }),
    4,
    5,
  ],
  ['leavePad', ({ ports, editor, padId }) => leavePad(ports, editor, padId), 3, 5],
  [
    'leavePad by who made an open invite',
    ({ ports, owner, padId }) => leavePad(ports, owner, padId),
    3,
    7,
  ],
];

describe('capacity units', () => {
  test.each(OPERATIONS)('of %s', async (_, operation, read, write) => {
    const given = await givenPad();
    const units = await meter.measure(() => operation(given).catch(refused));
    expect(units).toEqual({ read, write });
  });
});

/** A refusal costs what led to it. */
function refused(error: unknown): void {
  if (!(error instanceof MemopadError)) throw error;
}
