import type { Info } from '@aws-appsync/utils';
import type { Problem } from '#domain/errors.ts';
import { badInputProblem } from '#domain/memo/memoProblems.ts';
import { VIEWER_FIELDS, viewerFieldProblem } from '#domain/memo/viewerFields.ts';

/**
 * Says which field that depends on who asks is watched; null for none. Of the types that a change leads
 * to, only one has a field of each of these names. What hides behind an alias in a named fragment is not
 * seen: it is null, for nobody publishes it.
 */
export function viewerFieldsProblem({
  selectionSetList,
  selectionSetGraphQL,
}: Info): Problem | null {
  const names = [...lastNames(selectionSetList), ...aliased(selectionSetGraphQL)];
  const found = Object.entries(VIEWER_FIELDS).find(([field]) =>
    names.some((name) => field.endsWith(`.${name}`)),
  );
  return found ? badInputProblem(viewerFieldProblem(found[0], found[1])) : null;
}

function lastNames(paths: readonly string[]): string[] {
  return paths.map((path) => path.split('/').slice(-1)[0] ?? '');
}

/** What stands behind a colon begins with the field's name. */
function aliased(text: string): string[] {
  const [, ...parts] = text.split(':');
  return parts.map((part) => part.trimStart().split('\n')[0]?.split(' ')[0]?.split('(')[0] ?? '');
}
