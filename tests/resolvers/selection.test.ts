import { expect, test } from '@jest/globals';
import { type DocumentNode, type FieldNode, parse, print } from 'graphql';
import { selectsOnly } from '#resolvers/shared/selection.ts';

/** What AppSync says of the selection of a document's first field. */
function infoOf(document: DocumentNode, list: string[]) {
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('Expected an operation.');
  const { selectionSet } = operation.selectionSet.selections[0] as FieldNode;
  const selectionSetGraphQL = selectionSet ? print(selectionSet) : '';
  const names = { fieldName: 'user', parentTypeName: 'PadMember', variables: {} };
  return { ...names, selectionSetList: list, selectionSetGraphQL };
}

test.each<[string, string[], boolean]>([
  ['{ user { id } }', ['id'], true],
  ['{ user { id __typename } }', ['id', '__typename'], true],
  ['{ user { ... on User { id } } }', ['id'], true],
  ['{ user { ...on User{ id } } }', ['id'], true],
  ['{ user { id displayName } }', ['id', 'displayName'], false],
  ['{ user { id: displayName } }', ['id'], false],
  ['{ user { ... on User { id: displayName } } }', ['id'], false],
  ['{ user { ...Person } } fragment Person on User { id: displayName }', ['id'], false],
  ['{ user { ...onlyId } } fragment onlyId on User { id: displayName }', ['id'], false],
])('%s', (text, list, expected) => {
  expect(selectsOnly(infoOf(parse(text), list), ['id', '__typename'])).toBe(expected);
});

test('looks at the fields alone, not at what they select in turn', () => {
  const info = infoOf(parse('{ pad { members { role } } }'), ['members', 'members/role']);
  expect(selectsOnly(info, ['members'])).toBe(true);
});
