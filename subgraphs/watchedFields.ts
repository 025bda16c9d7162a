import { type DocumentNode, getOperationAST, Kind, type SelectionSetNode } from 'graphql';
import { MemopadError } from '#domain/errors.ts';

/** Root fields that a watch token opens. Whether it is for the right pad, memoChanges' resolver says. */
const WATCHED_FIELDS: readonly string[] = ['memoChanges', '_entities', '__typename'];

/**
 * Refuses every operation that the live service has no need of, before anything of it runs.
 * @throws UNAUTHENTICATED
 */
export function allowWatchedFields(
  document: DocumentNode,
  operationName: string | undefined,
): void {
  const operation = getOperationAST(document, operationName);
  // Without a clear operation nothing runs: graphql-js says so.
  if (!operation) return;
  const fields = [...rootFields(document, operation.selectionSet, new Set())];
  const other = fields.find((field) => !WATCHED_FIELDS.includes(field));
  if (operation.operation === 'query' && other === undefined) return;
  throw new MemopadError(
    'UNAUTHENTICATED',
    `A watch token opens Query.memoChanges alone, got ${operation.operation} ${other ?? fields[0]}.`,
  );
}

function* rootFields(
  document: DocumentNode,
  { selections }: SelectionSetNode,
  spread: Set<string>,
): Generator<string> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield selection.name.value;
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      yield* rootFields(document, selection.selectionSet, spread);
    } else if (!spread.has(selection.name.value)) {
      spread.add(selection.name.value);
      const fragment = findFragment(document, selection.name.value);
      if (fragment) yield* rootFields(document, fragment.selectionSet, spread);
    }
  }
}

function findFragment({ definitions }: DocumentNode, name: string) {
  return definitions
    .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    .find((definition) => definition.name.value === name);
}
