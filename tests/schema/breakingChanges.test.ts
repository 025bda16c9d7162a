import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { findClientBreaks } from '#scripts/apiChanges.ts';

function readApi(path: string) {
  return buildSchema(readFileSync(path, 'utf8'));
}

test('the API breaks no client of the published one (if it must: `npm run accept-api`)', () => {
  const published = readApi('schema/published/api.graphql');
  const current = readApi('schema/generated/api.graphql');
  expect(findClientBreaks(published, current)).toEqual([]);
});

const OLD = buildSchema(`
  type Query { memo(id: ID!, first: Int = 20): String }
  enum State { ACTIVE }
  input Filter { state: State = ACTIVE }
`);

describe('a client of the old API', () => {
  test.each([
    ['a removed field', 'type Query { note: Int }', /Query.memo was removed/],
    ['a field of another type', 'type Query { memo(id: ID!, first: Int = 20): Int }', /Query.memo/],
    [
      'a new demanded argument',
      'type Query { memo(id: ID!, first: Int = 20, v: Int!): String }',
      /v/,
    ],
    [
      'another default of an argument',
      'type Query { memo(id: ID!, first: Int = 10): String }',
      /20/,
    ],
  ])('is broken by %s', (_, query, told) => {
    const changed = `${query} enum State { ACTIVE } input Filter { state: State = ACTIVE }`;
    expect(findClientBreaks(OLD, buildSchema(changed)).join('\n')).toMatch(told);
  });

  test('is broken by another default of an input field', () => {
    const changed = buildSchema(`
      type Query { memo(id: ID!, first: Int = 20): String }
      enum State { ACTIVE }
      input Filter { state: State }
    `);
    const told = 'Filter.state has changed its default: ACTIVE → none.';
    expect(findClientBreaks(OLD, changed)).toEqual([told]);
  });

  test('is not broken by additions', () => {
    const grown = buildSchema(`
      type Query { memo(id: ID!, first: Int = 20, after: String): String me: String }
      enum State { ACTIVE ARCHIVED }
      input Filter { state: State = ACTIVE tags: [String!] }
    `);
    expect(findClientBreaks(OLD, grown)).toEqual([]);
  });
});
