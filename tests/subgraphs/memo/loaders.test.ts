import { describe, expect, test } from '@jest/globals';
import { givenMember, givenPad } from './operations.ts';
import { type Person, useMemoService } from './service.ts';

const { person, callsOf } = useMemoService();
const CREATE = `mutation ($padId: ID) { createMemo(input: { padId: $padId, title: "One", body: "text" }) {
  id title pad { id name role members { role } } } }`;

async function givenThreeMemos() {
  const [mina, joon] = [person(), person()];
  const { id: padId } = await givenPad(mina);
  await givenMember(mina, padId, joon, 'EDITOR');
  const memoIds: string[] = [];
  for (let count = 0; count < 3; count += 1) memoIds.push(await givenMemo(mina, padId));
  return { mina, joon, padId, memoIds };
}

async function givenMemo(author: Person, padId?: string): Promise<string> {
  const { createMemo } = await author.ask<{ createMemo: { id: string } }>(CREATE, { padId });
  return createMemo.id;
}

describe('the reads of one request', () => {
  test.each([
    [
      'a personal pad in full',
      '{ pad(id: $mina) { id name role createdAt members { role } invites { id } } }',
      [],
    ],
    ['a pad’s id', '{ pad(id: $pad) { id personal } }', ['GetItem', 'GetItem']],
    [
      'a pad in full',
      '{ pad(id: $pad) { name role createdAt members { role } invites { id } } }',
      ['GetItem', 'GetItem', 'Query', 'Query'],
    ],
    ['a list of a personal pad', '{ memos { nodes { title author { id } } } }', ['Query']],
    ['a list', '{ memos(padId: $pad) { nodes { id pad { id personal } } } }', ['GetItem', 'Query']],
    [
      'a list with its pad',
      '{ memos(padId: $pad) { nodes { pad { name role createdAt } } } }',
      ['GetItem', 'Query', 'GetItem'],
    ],
    [
      'a list with bodies',
      '{ memos(padId: $pad) { nodes { body } } }',
      ['GetItem', 'Query', 'BatchGetItem'],
    ],
    [
      'a list whose body is skipped',
      '{ memos(padId: $pad) { nodes { title body @skip(if: true) } } }',
      ['GetItem', 'Query'],
    ],
    [
      'two lists of one pad',
      '{ a: memos(padId: $pad) { nodes { id } } b: memos(padId: $pad, first: 2) { nodes { id } } }',
      ['GetItem', 'Query', 'Query'],
    ],
    [
      'one list under two names',
      '{ a: memos(padId: $pad) { nodes { id } } b: memos(padId: $pad) { nodes { title } } }',
      ['GetItem', 'Query'],
    ],
    ['all pads', '{ pads { id name role createdAt personal } }', ['Query', 'BatchGetItem']],
    ['all pads with members', '{ pads { members { role } } }', ['Query', 'BatchGetItem', 'Query']],
    [
      'all pads with memos',
      '{ pads { memos { nodes { pad { role name } } } } }',
      ['Query', 'BatchGetItem', 'Query', 'Query'],
    ],
    [
      'all pads with memos that show members',
      '{ pads { members { role } memos { nodes { pad { members { role } } } } } }',
      ['Query', 'BatchGetItem', 'Query', 'Query', 'Query'],
    ],
    ['all pads twice', '{ a: pads { id } b: pads { name } }', ['Query', 'BatchGetItem']],
    [
      'a list with the members of its pad',
      '{ memos(padId: $pad) { nodes { pad { members { role } } } } }',
      ['GetItem', 'Query', 'Query'],
    ],
    [
      'a list with the invites of its pad',
      '{ memos(padId: $pad) { nodes { pad { invites { id } } } } }',
      ['GetItem', 'Query', 'Query'],
    ],
    [
      'a list with the same list in its pad',
      '{ memos(padId: $pad) { nodes { pad { memos { nodes { title } } } } } }',
      ['GetItem', 'Query'],
    ],
    [
      'a list with another list in its pad',
      '{ memos(padId: $pad) { nodes { pad { memos(first: 1) { nodes { title } } } } } }',
      ['GetItem', 'Query', 'Query'],
    ],
    [
      'a list with its trash',
      '{ memos(padId: $pad) { nodes { pad { memos(filter: { state: TRASHED }) { nodes { id } } } } } }',
      ['GetItem', 'Query', 'Query'],
    ],
    [
      'a list with bodies that shows them again',
      '{ memos(padId: $pad) { nodes { body pad { memos(first: 2) { nodes { body } } } } } }',
      ['GetItem', 'Query', 'BatchGetItem', 'Query'],
    ],
    [
      'a memo under several names',
      '{ a: memo(id: $memo) { title } b: memo(id: $memo) { body } }',
      ['GetItem', 'GetItem'],
    ],
    [
      'two memos',
      '{ a: memo(id: $memo) { title pad { name } } b: memo(id: $other) { body pad { name } } }',
      ['GetItem', 'BatchGetItem', 'GetItem'],
    ],
    [
      'memos of two pads',
      '{ a: memo(id: $memo) { title } b: memo(id: $private) { body } }',
      ['GetItem', 'GetItem', 'GetItem'],
    ],
  ])('for %s are the fewest', async (_, query, expected) => {
    const { mina, padId, memoIds } = await givenThreeMemos();
    const [memo, other] = memoIds;
    const ids: Record<string, unknown> = { pad: padId, mina: mina.id, memo, other };
    if (query.includes('$private')) ids.private = await givenMemo(mina);
    const inlined = query.replace(/\$(\w+)/g, (_all, name: string) => `"${ids[name]}"`);
    expect(await callsOf(() => mina.ask(inlined))).toEqual(expected);
  });

  test('for what is malformed are none', async () => {
    const mina = person();
    const reads = await callsOf(async () => {
      await mina.refused('{ memo(id: "x") { id } }');
      await mina.refused('{ pad(id: "x") { id } }');
      await mina.refused('{ memos(padId: "x") { nodes { id } } }');
      await mina.refused('mutation { acceptInvite(secret: "x") { id } }');
      await mina.refused('mutation { purgeMemo(id: "x") }');
    });
    expect(reads).toEqual([]);
  });

  test('for a memo made in a shared pad are the membership, and the pad where it is shown', async () => {
    const { joon, padId } = await givenThreeMemos();
    const calls = await callsOf(() => joon.ask(CREATE, { padId }));
    expect(calls.slice(0, 2)).toEqual(['GetItem', 'PutItem']);
    expect(calls.slice(2).sort()).toEqual(['GetItem', 'Query']);
  });

  test('are not kept for the next mutation of the request', async () => {
    const { mina, joon, padId, memoIds } = await givenThreeMemos();
    const pad = `name members { role } invites { role }
      memos(first: 1) { nodes { title } } trash: memos(filter: { state: TRASHED }) { nodes { title } }`;
    const mutation = `mutation ($pad: ID!, $joon: ID!, $memo: ID!) {
      before: updateMemo(input: { id: $memo, title: "Before" }) { title pad { ${pad} } }
      setRole(padId: $pad, userId: $joon, role: VIEWER) { ${pad} }
      createInvite(padId: $pad, role: OWNER) { role }
      renamePad(id: $pad, name: "Other") { ${pad} }
      after: updateMemo(input: { id: $memo, title: "After", body: "more" }) { title body pad { ${pad} } }
      trashMemo(id: $memo) { state pad { ${pad} } }
    }`;
    const look = (name: string, joons: string, invites: string[], titles: string[]) => ({
      name,
      members: [{ role: 'OWNER' }, { role: joons }],
      invites: invites.map((role) => ({ role })),
      memos: { nodes: [{ title: titles[0] }] },
      trash: { nodes: titles.slice(1).map((title) => ({ title })) },
    });
    const home = '우리 집 🏠';
    const ids = { pad: padId, joon: joon.id, memo: memoIds[0] };
    expect(await mina.ask(mutation, ids)).toEqual({
      before: { title: 'Before', pad: look(home, 'EDITOR', [], ['Before']) },
      setRole: look(home, 'VIEWER', [], ['Before']),
      createInvite: { role: 'OWNER' },
      renamePad: look('Other', 'VIEWER', ['OWNER'], ['Before']),
      after: { title: 'After', body: 'more', pad: look('Other', 'VIEWER', ['OWNER'], ['After']) },
      trashMemo: { state: 'TRASHED', pad: look('Other', 'VIEWER', ['OWNER'], ['One', 'After']) },
    });
  });

  test('are not kept for the next request', async () => {
    const { joon, mina, padId } = await givenThreeMemos();
    const list = 'query ($padId: ID!) { memos(padId: $padId) { nodes { id } } }';
    await joon.ask(list, { padId });
    await mina.ask(
      'mutation ($padId: ID!, $id: ID!) { removeMember(padId: $padId, userId: $id) { id } }',
      { padId, id: joon.id },
    );
    expect(await joon.refused(list, { padId })).toMatch(/^NOT_FOUND/);
  });
});
