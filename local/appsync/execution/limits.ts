import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf, setOf } from './selection.ts';

/** https://docs.aws.amazon.com/general/latest/gr/appsync.html */
export const EXECUTION_WITHIN_MS = 30_000;
export const MAX_RESOLVERS = 10_000;

/** How many levels of fields an operation has: 2 for `{ memo { id } }`. */
export function depthOf(operation: OperationDefinitionNode, document: DocumentNode): number {
  return depthOfSet(operation.selectionSet, fragmentsOf(document));
}

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

function depthOfSet(set: SelectionSetNode | undefined, fragments: Fragments): number {
  const depths = (set?.selections ?? []).map((selection) =>
    selection.kind === Kind.FIELD
      ? 1 + depthOfSet(selection.selectionSet, fragments)
      : depthOfSet(setOf(selection, fragments), fragments),
  );
  return Math.max(0, ...depths);
}

/** Whether an operation asks about the schema itself. */
export function introspects(document: DocumentNode): boolean {
  return document.definitions.some(
    (definition) => 'selectionSet' in definition && mentionsSchema(definition.selectionSet),
  );
}

function mentionsSchema({ selections }: SelectionSetNode): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return ['__schema', '__type'].includes(selection.name.value);
    return selection.kind === Kind.INLINE_FRAGMENT && mentionsSchema(selection.selectionSet);
  });
}
