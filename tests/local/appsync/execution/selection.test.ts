import { expect, test } from '@jest/globals';
import { ask, createTestApi } from '#tests/local/appsync/testApi.ts';

const schema = `
type Note { id: ID title: String author: Person }
type Person { id: ID name: String }
type Query { note: Note }`;
const code = {
  'Query.note': `export function request() { return {}; }
export function response(ctx) { return { id: JSON.stringify(ctx.info.selectionSetList), title: ctx.info.selectionSetGraphQL }; }`,
};

const selected = async (query: string, variables = {}) => {
  const { data } = await ask(createTestApi({ schema, code }), query, { variables });
  return JSON.parse(data.note.id ?? data.note.alias);
};

test('fragments are flattened, and nested fields have paths', async () => {
  const query = `{ note { ...parts ... on Note { author { name } } } }
fragment parts on Note { id author { id } }`;
  expect(await selected(query)).toEqual(['id', 'author', 'author/id', 'author/name']);
});

test('a field is named by its alias', async () => {
  expect(await selected('{ note { alias: id who: author { id } } }')).toEqual([
    'alias',
    'who',
    'who/id',
  ]);
});

test('what is skipped is not selected', async () => {
  const query =
    'query ($no: Boolean!) { note { id title @skip(if: true) author @include(if: $no) { id } } }';
  expect(await selected(query, { no: false })).toEqual(['id']);
});

test('the selection is there as a text, too', async () => {
  const api = createTestApi({ schema, code });
  const { data } = await ask(api, '{ note { title } }');
  expect(data.note.title).toBe('{\n  title\n}');
});
