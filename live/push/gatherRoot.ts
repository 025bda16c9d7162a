import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { refused } from './refusal.ts';

/**
 * The one field of a subscription, with all that is selected of it, from however many fragments and
 * repetitions. That it is one field is for graphql-js to check.
 * @throws SubscriptionRefused when it is there under a condition
 */
export function gatherRoot(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FieldNode {
  const [first, ...more] = [...fieldsOf(selectionSet, new Map(fragments))];
  if (!first) throw refused('Expected a subscription to memoChanges.');
  const selections = [first, ...more].flatMap((field) => field.selectionSet?.selections ?? []);
  return { ...first, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** @param unused the fragments that were not looked into yet: once is enough, however often they are spread */
function* fieldsOf(
  { selections }: SelectionSetNode,
  unused: Map<string, FragmentDefinitionNode>,
): Generator<FieldNode> {
  for (const selection of selections) {
    // https://spec.graphql.org/September2025/#sec-Single-Root-Field
    if (selection.directives?.length) {
      throw refused('Expected no directive at the root of a subscription.');
    }
    if (selection.kind === Kind.FIELD) yield selection;
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      yield* fieldsOf(selection.selectionSet, unused);
    } else {
      const fragment = unused.get(selection.name.value);
      unused.delete(selection.name.value);
      if (fragment) yield* fieldsOf(fragment.selectionSet, unused);
    }
  }
}
