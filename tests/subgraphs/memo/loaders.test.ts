import { describe, expect, test } from '@jest/globals';
import { givenMember, givenPad } from './operations.ts';
import { useMemoService } from './service.ts';

const { person, callsOf } = useMemoService();
const CREATE = `mutation ($padId: ID) { createMemo(input: { padId: $padId, title: "One", body: "text" }) {
  id title pad { id name role members { role } } } }`;

async function givenThreeMemos() {
  const [mina, joon] = [person(), person()];
  const { id: padId } = await givenPad(mina);
  await givenMember(mina, padId, joon, 'EDITOR');
  for (let count = 0; count < 3; count += 1) await mina.ask(CREATE, { padId });
  return { mina, joon, padId };
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
      '{ a: memos(padId: $pad) { nodes { id } } b: memos(padId: $pad) { nodes { id } } }',
      ['GetItem', 'Query', 'Query'],
    ],
    ['all pads', '{ pads { id name role createdAt personal } }', ['Query', 'BatchGetItem']],
    ['all pads with members', '{ pads { members { role } } }', ['Query', 'BatchGetItem', 'Query']],
    [
      'all pads with memos',
      '{ pads { memos { nodes { pad { role } } } } }',
      ['Query', 'BatchGetItem', 'Query', 'Query', 'GetItem'],
    ],
  ])('for %s are the fewest', async (_, query, expected) => {
    const { mina, padId } = await givenThreeMemos();
    const inlined = query.replaceAll('$pad', `"${padId}"`).replaceAll('$mina', `"${mina.id}"`);
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
