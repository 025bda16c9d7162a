import { beforeEach, describe, expect, test } from '@jest/globals';
import { useGateway } from './gateway.ts';

const gateway = useGateway({ memo: { Query: { memos: () => ({ edges: [], nodes: [] }) } } });
beforeEach(gateway.forget);

const CREATE = 'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }';
const LIST =
  'query ($first: Int, $filter: MemoFilter) { memos(first: $first, filter: $filter) { nodes { id } } }';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';

async function messagesOf(query: string, variables: Record<string, unknown>): Promise<string[]> {
  const { body } = await gateway.ask(query, variables);
  expect(body).not.toHaveProperty('data');
  expect(gateway.asked).toEqual([]);
  const errors = body.errors ?? [];
  for (const { extensions } of errors) {
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT', reason: 'BAD_USER_INPUT' });
  }
  return errors.map(({ message }) => message);
}

describe('variables that do not fit are told by place, type and kind', () => {
  test.each<[string, string, Record<string, unknown>, string[]]>([
    [
      'missing',
      CREATE,
      {},
      ['Variable "$input": expected a value of type "CreateMemoInput!", got nothing.'],
    ],
    [
      'null',
      CREATE,
      { input: null },
      ['Variable "$input": expected a value of type "CreateMemoInput!", got null.'],
    ],
    [
      'a text for a number',
      LIST,
      { first: 'ten' },
      ['Variable "$first": expected a value of type "Int", got a string of 3 characters.'],
    ],
    [
      'a fraction for a whole number',
      LIST,
      { first: 1.5 },
      ['Variable "$first": expected a value of type "Int", got a number.'],
    ],
    [
      'a list for an object',
      LIST,
      { filter: [] },
      ['Variable "$filter": expected a value of type "MemoFilter", got a list of 0.'],
    ],
    [
      'an unknown value of an enum',
      LIST,
      { filter: { state: 'GONE' } },
      [
        'Variable "$filter.state": expected a value of type "MemoState" (ACTIVE, ARCHIVED, TRASHED), got a string of 4 characters.',
      ],
    ],
    [
      'a number among texts',
      LIST,
      { filter: { tags: ['a', 5] } },
      ['Variable "$filter.tags[1]": expected a value of type "String", got a number.'],
    ],
    [
      'a number for a list of texts',
      LIST,
      { filter: { tags: 5 } },
      ['Variable "$filter.tags": expected a value of type "[String!]", got a number.'],
    ],
    [
      'null among texts',
      LIST,
      { filter: { tags: [null] } },
      ['Variable "$filter.tags[0]": Expected non-nullable type "String!" not to be null.'],
    ],
    [
      'a missing and an unknown field',
      CREATE,
      { input: { titel: 'x' } },
      [
        'Variable "$input": Field "title" of required type "String!" was not provided.',
        'Variable "$input": Field "titel" is not defined by type "CreateMemoInput". Did you mean "title"?',
      ],
    ],
    [
      'several variables',
      LIST,
      { first: true, filter: 1 },
      [
        'Variable "$first": expected a value of type "Int", got a boolean.',
        'Variable "$filter": expected a value of type "MemoFilter", got a number.',
      ],
    ],
  ])('%s', async (_, query, variables, messages) => {
    expect(await messagesOf(query, variables)).toEqual(messages);
  });
});

describe('what a caller sent stays out of the message', () => {
  test('a memo, when its title is wrong or missing', async () => {
    const body = 'dear diary';
    const messages = [
      ...(await messagesOf(CREATE, { input: { body } })),
      ...(await messagesOf(CREATE, { input: { title: [body], body } })),
      ...(await messagesOf(CREATE, { input: { title: 't', body: { text: body } } })),
    ];
    expect(messages).toHaveLength(3);
    expect(messages.join()).not.toContain('diary');
  });

  test('a password, when the e-mail address is missing', async () => {
    const [message] = await messagesOf(SIGN_IN, { input: { password: 'correct horse' } });
    expect(message).toBe(
      'Variable "$input": Field "email" of required type "AWSEmail!" was not provided.',
    );
  });

  test.each([
    [
      'mutation { setTaskDone(memoId: "m", index: "dear diary", done: true, expectedVersion: 1) { id } }',
      'Int cannot represent non-integer value: (not shown).',
    ],
    [
      'mutation { createMemo(input: "dear diary") { id } }',
      'Expected value of type "CreateMemoInput!", found (not shown).',
    ],
    [
      'mutation { createMemo(input: { title: ["dear diary"] }) { id } }',
      'String cannot represent a non string value: (not shown).',
    ],
    ['mutation { createMemo "dear diary" }', 'Syntax Error: Expected Name, found a string.'],
    ['mutation { createMemo """dear\ndiary""" }', 'Syntax Error: Expected Name, found a string.'],
  ])('a text in the document: %s', async (query, message) => {
    const { body, text } = await gateway.ask(query);
    expect(body.errors?.map((error) => error.message)).toContain(message);
    expect(text).not.toContain('diary');
  });

  test('names and punctuation are still told', async () => {
    const { body } = await gateway.ask('{ memo(id: {) }');
    expect(body.errors?.[0]?.message).toBe('Syntax Error: Expected Name, found ")".');
  });
});

describe('the answer stays short', () => {
  test('ten problems of a long list are enough', async () => {
    const tags = Array.from({ length: 100_000 }, () => 1);
    expect(await messagesOf(LIST, { filter: { tags } })).toHaveLength(10);
  });

  test('a long name is cut', async () => {
    const [message] = await messagesOf(LIST, { filter: { ['x'.repeat(100_000)]: 1 } });
    expect(message?.length).toBeLessThan(600);
    const { body } = await gateway.ask(`{ ${'x'.repeat(19_000)} }`);
    expect(body.errors?.[0]?.message).toHaveLength(500);
  });
});

test('variables that fit reach the subgraph as they were sent, defaults and nulls included', async () => {
  await gateway.ask(LIST, { first: null, filter: { tags: 'one' }, unused: 1 });
  expect(gateway.asked[0]?.request.variables).toEqual({ first: null, filter: { tags: 'one' } });
});

test('a name such as __proto__ is no variable by itself', async () => {
  const query = 'query ($toString: String) { memos(after: $toString) { nodes { id } } }';
  expect((await gateway.ask(query, {})).status).toBe(200);
  expect(gateway.asked).toHaveLength(1);
});

describe('where the schema is not shown', () => {
  const closed = useGateway({ introspection: false });

  test('no message tells what an enum may be, or a field be called', async () => {
    const variables = { filter: { state: 'GONE', tag: [] } };
    const { body } = await closed.ask(LIST, variables);
    expect(body.errors?.map(({ message }) => message)).toEqual([
      'Variable "$filter.state": expected a value of type "MemoState", got a string of 4 characters.',
      'Variable "$filter": Field "tag" is not defined by type "MemoFilter".',
    ]);
  });
});
