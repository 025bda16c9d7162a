import { describe, expect, test } from '@jest/globals';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { selectsBodies } from '#subgraphs/memo/selection.ts';

/** What a resolver of the operation's first field would be told. */
function infoOf(query: string, variableValues: Record<string, unknown> = {}) {
  const { definitions } = parse(query);
  const [operation, ...others] = definitions as [
    OperationDefinitionNode,
    ...FragmentDefinitionNode[],
  ];
  const fragments = Object.fromEntries(others.map((fragment) => [fragment.name.value, fragment]));
  const fields = operation.selectionSet.selections as FieldNode[];
  const fieldNodes = fields.filter(({ name }) => name.value === 'memos');
  return { fieldNodes, fragments, variableValues };
}

describe('selectsBodies', () => {
  test.each([
    '{ memos { nodes { body } } }',
    '{ memos { nodes { tasks { text } } } }',
    '{ memos { edges { node { body } } } }',
    '{ memos { edges { cursor node { id tasks { done } } } } }',
    '{ memos { n: nodes { b: body } } }',
    '{ memos { nodes { id } nodes { body } } }',
    '{ memos { nodes { id } } memos { nodes { body } } }',
    '{ memos { ... { nodes { ... on Memo { body } } } } }',
    '{ memos { ...P } } fragment P on MemoConnection { nodes { ...M } } fragment M on Memo { body }',
    '{ memos { edges { ...E } } } fragment E on MemoEdge { node { ...M } } fragment M on Memo { tasks { index } }',
    '{ memos { nodes { body @skip(if: false) @include(if: true) } } }',
    '{ memos { nodes { ...M @skip(if: true) ...M } } } fragment M on Memo { body }',
    '{ memos { nodes @include(if: $yes) { body @skip(if: $no) } } }',
  ])('sees them in %s', (query) => {
    expect(selectsBodies(infoOf(query, { yes: true, no: false }))).toBe(true);
  });

  test.each([
    '{ memos { nodes { id title excerpt taskCount } } }',
    '{ memos { pageInfo { hasNextPage } edges { cursor } } }',
    '{ memos { nodes { body: title } } }',
    '{ memos { nodes { body @skip(if: true) } } }',
    '{ memos { nodes { tasks @include(if: false) { text } } } }',
    '{ memos { nodes @skip(if: $yes) { body } edges { node @include(if: $no) { body } } } }',
    '{ memos { ...P @include(if: $no) } } fragment P on MemoConnection { nodes { body } }',
    '{ memos { ... @skip(if: $yes) { nodes { body } } } }',
    '{ memos { nodes { pad { memos { nodes { body } } } } } }',
    '{ other: memo { body } memos { nodes { id } } }',
  ])('sees none in %s', (query) => {
    expect(selectsBodies(infoOf(query, { yes: true, no: false }))).toBe(false);
  });

  test('takes fragments that spread one another twice in its stride', () => {
    const spread = (index: number) =>
      `fragment F${index} on Memo { ...F${index + 1} ...F${index + 1} }`;
    const fragments = Array.from({ length: 60 }, (_, index) => spread(index)).join(' ');
    const query = `{ memos { nodes { ...F0 } } } ${fragments} fragment F60 on Memo { body }`;
    expect(selectsBodies(infoOf(query))).toBe(true);
  });
});
