import { describe, expect, test } from '@jest/globals';
import { type Person, useMemoService } from './service.ts';

const { person, callsOf } = useMemoService();

const CREATE = 'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }';
const MANY_TASKS = '- [ ]\n'.repeat(16_666);
const TAGS = ['a', 'b', 'c', 'd', 'e'];

/** Memos of the same body, and their ids. */
async function givenMemos(
  author: Person,
  count: number,
  body: string,
  tags: readonly string[] = [],
): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const input = { title: `${index}`, body, tags };
    ids.push((await author.ask<{ createMemo: { id: string } }>(CREATE, { input })).createMemo.id);
  }
  return ids;
}

const pages = (count: number, first: number, fields: string) =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: memos(first: ${first}) { nodes { ${fields} } }`).join(' ')} }`;

describe('a request', () => {
  test('may ask for a page of 100 memos with 1 MB of bodies and their tasks', async () => {
    const mina = person();
    await givenMemos(mina, 100, 'x'.repeat(10_000));
    const { a0 } = await mina.ask<{ a0: { nodes: unknown[] } }>(
      pages(1, 100, 'body tasks { text }'),
    );
    expect(a0.nodes).toHaveLength(100);
    expect(await mina.refused(pages(1, 100, 'a: body b: body c: body d: body e: body'))).toBe(
      'PAYLOAD_TOO_LARGE: Expected a request that answers with at most 4000000 bytes of bodies, got one for more. Ask for smaller pages.',
    );
  });

  test('may ask for all tasks of one memo, not of two', async () => {
    const mina = person();
    const [id] = await givenMemos(mina, 2, MANY_TASKS);
    const one = 'query ($id: ID!) { memo(id: $id) { tasks { index text done } } }';
    const { memo } = await mina.ask<{ memo: { tasks: unknown[] } }>(one, { id });
    expect(memo.tasks).toHaveLength(16_666);
    expect(await mina.refused(pages(1, 10, 'tasks { index }'))).toBe(
      'PAYLOAD_TOO_LARGE: Expected a request that answers with at most 20000 tasks, got one for more. Ask for smaller pages.',
    );
  });

  test('reads no bodies when its pages hold more than 4 MB', async () => {
    const mina = person();
    for (const tag of TAGS) await givenMemos(mina, 3, '한'.repeat(100_000), [tag]);
    const page = (tag: string) => `${tag}: memos(filter: { tags: ["${tag}"] }) { nodes { body } }`;
    expect(await callsOf(() => mina.ask(`{ ${TAGS.slice(1).map(page).join(' ')} }`))).toEqual([
      'Query',
      'BatchGetItem',
    ]);
    let refusal = '';
    const calls = await callsOf(async () => {
      refusal = await mina.refused(`{ ${TAGS.map(page).join(' ')} }`);
    });
    expect(refusal).toMatch(/^PAYLOAD_TOO_LARGE: /);
    expect(calls).toEqual(['Query']);
  });
});
