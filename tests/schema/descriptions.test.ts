import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** Types that everybody knows from GraphQL itself. */
const SELF_EXPLAINING = new Set(['Query', 'Mutation', 'Subscription']);

function listUndescribed(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type) => {
      const parts = listParts(type);
      return SELF_EXPLAINING.has(type.name) ? parts : [{ ...type, name: type.name }, ...parts];
    })
    .filter(({ description }) => !description?.trim())
    .map(({ name }) => name);
}

/** Fields, their arguments, input fields and enum values, each under its full name. */
function listParts(type: GraphQLNamedType): Described[] {
  const within = (owner: string, parts: readonly Described[]) =>
    parts.map(({ name, description }) => ({ name: `${owner}.${name}`, description }));
  if (isEnumType(type)) return within(type.name, type.getValues());
  if (isInputObjectType(type)) return within(type.name, Object.values(type.getFields()));
  if (!isObjectType(type)) return [];
  const fields = Object.values(type.getFields());
  return [
    ...within(type.name, fields),
    ...fields.flatMap((field) => within(`${type.name}.${field.name}`, field.args)),
  ];
}

test('every type, field, argument, input field and enum value says what it is', () => {
  const api = buildSchema(readFileSync('schema/generated/api.graphql', 'utf8'));
  expect(listUndescribed(api)).toEqual([]);
});

test('a missing description is found wherever it is missing', () => {
  const bare = buildSchema(`
    type Query { memo(id: ID!): Memo }
    type Memo { state(of: Wish): State }
    enum State { ACTIVE }
    input Wish { state: State }
    scalar Time
  `);
  expect(listUndescribed(bare).sort()).toEqual(
    [
      'Memo Memo.state Memo.state.of Query.memo Query.memo.id',
      'State State.ACTIVE Time Wish Wish.state',
    ]
      .join(' ')
      .split(' '),
  );
});
