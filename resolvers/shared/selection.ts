import type { Info } from '@aws-appsync/utils';

/**
 * Whether surely nothing but these fields is selected of what a field answers with; what they select in
 * turn is not looked at. AppSync's list of the selection has named fragments' fields but calls fields by
 * their aliases, its text has the aliases but not what named fragments select: where an alias could hide
 * another field the answer is no.
 */
export function selectsOnly(info: Info, names: readonly string[]): boolean {
  const { selectionSetList, selectionSetGraphQL } = info;
  const fields = selectionSetList.filter((path) => path.indexOf('/') < 0);
  if (fields.some((field) => names.indexOf(field) < 0)) return false;
  const [, ...behindDots] = selectionSetGraphQL.split('...');
  const isFragmentNamed = behindDots.some((text) => !text.trimStart().startsWith('on '));
  // Arguments have colons, too.
  return !isFragmentNamed && selectionSetGraphQL.indexOf(':') < 0;
}
