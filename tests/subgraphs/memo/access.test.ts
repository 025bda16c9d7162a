import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { PadRole } from '#domain/memo/role.ts';
import { memoSdl } from '#schema/generated/sdl.ts';
import { givenInvite, givenMember, givenPad, readPad } from './operations.ts';
import { type Asker, type Person, useMemoService } from './service.ts';

const { person, nobody } = useMemoService();

/** Every field of Query and Mutation, on the pad, memo, member or invite of these variables. */
const FIELDS: readonly (readonly [string, PadRole | 'ANYBODY', string])[] = [
  ['pads', 'ANYBODY', '{ pads { id } }'],
  ['pad', 'VIEWER', 'query ($pad: ID!) { pad(id: $pad) { id } }'],
  ['memo', 'VIEWER', 'query ($memo: ID!) { memo(id: $memo) { id } }'],
  ['memos', 'VIEWER', 'query ($pad: ID!) { memos(padId: $pad) { nodes { id } } }'],
  ['memoChanges', 'VIEWER', 'query ($pad: ID!) { memoChanges(padId: $pad) { to } }'],
  ['createPad', 'ANYBODY', 'mutation { createPad(name: "x") { id } }'],
  ['renamePad', 'OWNER', 'mutation ($pad: ID!) { renamePad(id: $pad, name: "x") { id } }'],
  ['deletePad', 'OWNER', 'mutation ($pad: ID!) { deletePad(id: $pad) }'],
  [
    'createInvite',
    'OWNER',
    'mutation ($pad: ID!) { createInvite(padId: $pad, role: OWNER) { secret } }',
  ],
  [
    'revokeInvite',
    'OWNER',
    'mutation ($pad: ID!, $invite: ID!) { revokeInvite(padId: $pad, id: $invite) }',
  ],
  [
    'setRole',
    'OWNER',
    'mutation ($pad: ID!, $user: ID!) { setRole(padId: $pad, userId: $user, role: OWNER) { id } }',
  ],
  [
    'removeMember',
    'OWNER',
    'mutation ($pad: ID!, $user: ID!) { removeMember(padId: $pad, userId: $user) { id } }',
  ],
  ['leavePad', 'VIEWER', 'mutation ($pad: ID!) { leavePad(padId: $pad) }'],
  [
    'createMemo',
    'EDITOR',
    'mutation ($pad: ID!) { createMemo(input: { padId: $pad, title: "x" }) { id } }',
  ],
  [
    'updateMemo',
    'EDITOR',
    'mutation ($memo: ID!) { updateMemo(input: { id: $memo, title: "x" }) { id } }',
  ],
  [
    'setTaskDone',
    'EDITOR',
    'mutation ($memo: ID!) { setTaskDone(memoId: $memo, index: 0, done: true, expectedVersion: 1) { id } }',
  ],
  ['trashMemo', 'EDITOR', 'mutation ($memo: ID!) { trashMemo(id: $memo) { id } }'],
  ['restoreMemo', 'EDITOR', 'mutation ($memo: ID!) { restoreMemo(id: $memo) { id } }'],
  ['purgeMemo', 'EDITOR', 'mutation ($memo: ID!) { purgeMemo(id: $memo) }'],
  ['acceptInvite', 'ANYBODY', 'mutation { acceptInvite(secret: "x") { id } }'],
  ['emptyTrash', 'EDITOR', 'mutation ($pad: ID!) { emptyTrash(padId: $pad) }'],
];
const IN_A_PAD = FIELDS.filter(([, needed]) => needed !== 'ANYBODY');
const READ_MEMO = 'query ($id: ID!) { memo(id: $id) { title body version state } }';

interface Target {
  readonly pad: string;
  readonly memo: string;
  readonly user: string;
  readonly invite: string;
}

/** A pad of the owner's with a member in each role, an invite and a memo; with what its owner sees of it. */
async function givenTarget() {
  const [owner, editor, viewer] = [person(), person(), person()];
  const { id: pad } = await givenPad(owner);
  await givenMember(owner, pad, editor, 'EDITOR');
  await givenMember(owner, pad, viewer, 'VIEWER');
  const { id: invite } = await givenInvite(owner, pad);
  const memo = await givenMemo(owner, pad);
  const look = async () => [await readPad(owner, pad), await owner.ask(READ_MEMO, { id: memo })];
  const target: Target = { pad, memo, user: viewer.id, invite };
  return { owner, editor, viewer, target, look };
}

async function givenMemo(author: Person, padId: string): Promise<string> {
  const create = `mutation ($padId: ID!) {
    createMemo(input: { padId: $padId, title: "Secret", body: "- [ ] task" }) { id } }`;
  const { createMemo } = await author.ask<{ createMemo: { id: string } }>(create, { padId });
  return createMemo.id;
}

/** Runs a field with those of the variables that it declares. */
function refused(asker: Asker, query: string, target: Target): Promise<string> {
  const declared = Object.entries(target).filter(([name]) => query.includes(`$${name}:`));
  return asker.refused(query, Object.fromEntries(declared));
}

// One for all tests: what is refused changes nothing.
let given: Awaited<ReturnType<typeof givenTarget>>;
beforeAll(async () => {
  given = await givenTarget();
});

test('every field of the schema is checked here', () => {
  const roots = parse(memoSdl).definitions.filter(
    (definition) => definition.kind === 'ObjectTypeDefinition',
  );
  const names = roots
    .filter(({ name }) => ['Query', 'Mutation'].includes(name.value))
    .flatMap(({ fields }) => fields?.map(({ name }) => name.value) ?? []);
  expect(FIELDS.map(([name]) => name).sort()).toEqual(names.sort());
});

describe('without a token', () => {
  test.each(FIELDS)('%s is UNAUTHENTICATED', async (_, _needed, query) => {
    const { target, look } = given;
    const before = await look();
    expect(await refused(nobody, query, target)).toMatch(/^UNAUTHENTICATED: .* access token/);
    expect(await look()).toEqual(before);
  });
});

describe('to a stranger', () => {
  test.each(IN_A_PAD)('%s is NOT_FOUND, as if nothing were there', async (_, _needed, query) => {
    const { target, look } = given;
    const before = await look();
    const stranger = person();
    const refusal = await refused(stranger, query, target);
    expect(refusal).toMatch(/^NOT_FOUND: /);
    expect(await look()).toEqual(before);
    const pad = person().id;
    const nothing = { ...target, pad, memo: `${pad}.${pad}` };
    expect(await refused(stranger, query, nothing)).toBe(refusal);
  });

  test.each(IN_A_PAD)('%s is NOT_FOUND in a personal pad', async (_, _needed, query) => {
    const { target } = given;
    const [owner, stranger] = [person(), person()];
    const memo = await givenMemo(owner, owner.id);
    const personal = { ...target, pad: owner.id, memo, user: owner.id };
    expect(await refused(stranger, query, personal)).toMatch(/^NOT_FOUND: /);
    expect(await owner.ask(READ_MEMO, { id: memo })).toMatchObject({ memo: { version: 1 } });
  });
});

describe('to a member whose role doesn’t do', () => {
  const tooLow = IN_A_PAD.flatMap(([name, needed, query]) => [
    ...(needed === 'OWNER' ? [[name, 'editor', needed, query] as const] : []),
    ...(needed !== 'VIEWER' ? [[name, 'viewer', needed, query] as const] : []),
  ]);

  test.each(tooLow)('%s is FORBIDDEN (%s)', async (_, who, needed, query) => {
    const { target, look, ...members } = given;
    const before = await look();
    expect(await refused(members[who], query, target)).toBe(
      `FORBIDDEN: Expected at least the role ${needed} in this pad, the viewer's role is ${who.toUpperCase()}.`,
    );
    expect(await look()).toEqual(before);
  });
});

describe('an id that can’t be one', () => {
  const ids: [string, string][] = [
    ['empty', ''],
    ['a key of the table', 'PAD#01JZZZZZZZZZZZZZZZZZZZZZZZ'],
    ['in lower case', '01jzzzzzzzzzzzzzzzzzzzzzzz.01jzzzzzzzzzzzzzzzzzzzzzzz'],
    ['of a wildcard', '*'],
    ['oversized', '0'.repeat(1_000_000)],
  ];

  test.each(ids)('(%s) is NOT_FOUND', async (_, id) => {
    const { owner, look } = given;
    const before = await look();
    for (const [, , query] of IN_A_PAD) {
      const target = { pad: id, memo: id, user: id, invite: id };
      expect(await refused(owner, query, target)).toMatch(/^NOT_FOUND: .{1,100}$/);
    }
    expect(await look()).toEqual(before);
  });

  test('of a memo is one whose pad’s is none of the viewer’s', async () => {
    const { owner, target } = given;
    const [, ulid] = target.memo.split('.');
    const elsewhere = `${person().id}.${ulid}`;
    expect(await owner.refused(READ_MEMO, { id: elsewhere })).toMatch(/^NOT_FOUND/);
  });
});
