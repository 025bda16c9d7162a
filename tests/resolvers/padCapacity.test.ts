import { describe, expect, test } from '@jest/globals';
import {
  ACCEPT_INVITE,
  CREATE_INVITE,
  CREATE_PAD,
  DELETE_PAD,
  givenInvite,
  givenMember,
  givenPad,
  LEAVE_PAD,
  REMOVE_MEMBER,
  RENAME_PAD,
  REVOKE_INVITE,
  SET_ROLE,
} from '#tests/subgraphs/memo/operations.ts';
import type { Person } from '#tests/subgraphs/memo/service.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import { padDoor } from './padDoor.ts';

const app = useAppSyncApi();
const { person } = padDoor(app);

/** A pad of the owner's with one EDITOR, one more OWNER and one invite. */
async function givenScene() {
  const [owner, other, editor] = [person(), person(), person()];
  const { id } = await givenPad(owner, '우리 집 🏠');
  await givenMember(owner, id, other, 'OWNER');
  await givenMember(owner, id, editor, 'EDITOR');
  const { secret, id: inviteId } = await givenInvite(owner, id, 'EDITOR');
  return { owner, other, editor, id, padId: id, secret, inviteId };
}

type Scene = Awaited<ReturnType<typeof givenScene>>;

/** A selection alone, so that a mutation's answer costs no more. */
const bare = (document: string): string => document.replace(/\{ id name [\s\S]*$/, '{ id name } }');

const read = (document: string, who: keyof Pick<Scene, 'owner' | 'editor'>) => (scene: Scene) =>
  scene[who].ask(document, { id: scene.id });

/** Read and write units, the check of who asks included, and what DynamoDB is asked for. */
const OPERATIONS: readonly [
  string,
  (scene: Scene) => Promise<unknown>,
  number,
  number,
  string[],
][] = [
  [
    'listing pads, one shared',
    read('{ pads { id name role personal createdAt } }', 'owner'),
    2.5,
    0,
    ['Query', 'BatchGetItem'],
  ],
  ['reading a pad', read(pad('id name role createdAt'), 'editor'), 2, 0, ['BatchGetItem']],
  [
    'reading a personal pad',
    ({ owner }) =>
      owner.ask(pad('id name role members { role user { id } } invites { id }'), { id: owner.id }),
    0,
    0,
    [],
  ],
  [
    'reading a pad and its members',
    read(pad('name members { role user { id } }'), 'editor'),
    3,
    0,
    ['BatchGetItem', 'Query'],
  ],
  [
    'reading a pad and its invites',
    read(pad('name invites { id }'), 'owner'),
    3,
    0,
    ['BatchGetItem', 'Query'],
  ],
  [
    'createPad',
    ({ owner }) => owner.ask(bare(CREATE_PAD), { name: 'New' }),
    0.5,
    5,
    ['Query', 'TransactWriteItems'],
  ],
  [
    'renamePad',
    ({ owner, id }) => owner.ask(bare(RENAME_PAD), { id, name: 'New' }),
    2,
    1,
    ['BatchGetItem', 'UpdateItem'],
  ],
  [
    'renamePad that changes nothing',
    ({ owner, id }) => owner.ask(bare(RENAME_PAD), { id, name: '우리 집 🏠' }),
    2,
    0,
    ['BatchGetItem'],
  ],
  [
    'deletePad, three members',
    ({ owner, id }) => owner.ask(DELETE_PAD, { id }),
    1,
    11,
    ['Query', 'TransactWriteItems'],
  ],
  [
    'createInvite',
    ({ owner, padId }) => owner.ask(CREATE_INVITE, { padId, role: 'VIEWER' }),
    2,
    1,
    ['GetItem', 'Query', 'PutItem'],
  ],
  [
    'revokeInvite',
    ({ owner, padId, inviteId: id }) => owner.ask(REVOKE_INVITE, { padId, id }),
    2,
    1,
    ['GetItem', 'GetItem', 'DeleteItem'],
  ],
  [
    'acceptInvite',
    ({ secret }) => person().ask(bare(ACCEPT_INVITE), { secret }),
    3.5,
    7,
    ['BatchGetItem', 'Query', 'TransactWriteItems'],
  ],
  [
    'acceptInvite by a member',
    ({ editor, secret }) => editor.ask(bare(ACCEPT_INVITE), { secret }),
    3,
    0,
    ['BatchGetItem'],
  ],
  [
    'a guessed acceptInvite',
    ({ editor }) => editor.refused(bare(ACCEPT_INVITE), { secret: 'guess' }),
    0,
    0,
    [],
  ],
  [
    'setRole between EDITOR and VIEWER',
    ({ owner, editor, padId }) => setRole(owner, padId, editor, 'VIEWER'),
    3,
    3,
    ['BatchGetItem', 'TransactWriteItems'],
  ],
  [
    'setRole to OWNER',
    ({ owner, editor, padId }) => setRole(owner, padId, editor, 'OWNER'),
    3,
    5,
    ['BatchGetItem', 'TransactWriteItems'],
  ],
  [
    'setRole from OWNER',
    ({ owner, other, padId }) => setRole(owner, padId, other, 'EDITOR'),
    4,
    5,
    ['BatchGetItem', 'Query', 'TransactWriteItems'],
  ],
  [
    'setRole to the same',
    ({ owner, editor, padId }) => setRole(owner, padId, editor, 'EDITOR'),
    3,
    0,
    ['BatchGetItem'],
  ],
  [
    'removeMember',
    ({ owner, editor, padId }) => owner.ask(bare(REMOVE_MEMBER), { padId, userId: editor.id }),
    4,
    5,
    ['BatchGetItem', 'Query', 'TransactWriteItems'],
  ],
  [
    'leavePad',
    ({ editor, padId }) => editor.ask(LEAVE_PAD, { padId }),
    3,
    5,
    ['BatchGetItem', 'Query', 'TransactWriteItems'],
  ],
  [
    'leavePad by who made an open invite',
    ({ owner, padId }) => owner.ask(LEAVE_PAD, { padId }),
    3,
    7,
    ['BatchGetItem', 'Query', 'TransactWriteItems'],
  ],
  [
    'leavePad by a stranger',
    async ({ padId }) => person().refused(LEAVE_PAD, { padId }),
    2,
    0,
    ['BatchGetItem'],
  ],
];

function pad(selection: string): string {
  return `query ($id: ID!) { pad(id: $id) { ${selection} } }`;
}

function setRole(owner: Person, padId: string, { id: userId }: Person, role: string) {
  return owner.ask(bare(SET_ROLE), { padId, userId, role });
}

describe('capacity units', () => {
  test.each(OPERATIONS)('of %s', async (_, operation, read, write, expected) => {
    const [scene, another] = [await givenScene(), await givenScene()];
    const units = await app.measure(() => operation(scene));
    const calls = await app.callsOf(() => operation(another));
    expect({ ...units, calls }).toEqual({ read, write, calls: expected });
  });
});
