import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { isIncluded } from './conditions.ts';
import type { Conditions } from './run.ts';
import { isSubtypeIn } from './types.ts';

/** What selections mean in one operation under one set of conditions. */
export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly conditions: Conditions;
}

/** The fields by the names they have in the response, in its order. */
export type FieldGroups = ReadonlyMap<string, readonly FieldNode[]>;

/** The fields that are selected of an object of a type. https://spec.graphql.org/draft/#CollectFields() */
export function collectFields(
  selectionSets: readonly SelectionSetNode[],
  typename: string,
  { schema, fragments, conditions }: SelectionScope,
): FieldGroups {
  const groups = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (isIncluded(selection.directives, conditions)) collectSelection(selection);
    }
  };
  const collectSelection = (selection: SelectionNode): void => {
    if (selection.kind === Kind.FIELD) addField(groups, selection);
    else if (selection.kind === Kind.INLINE_FRAGMENT) collectFragment(selection);
    else if (!spread.has(selection.name.value)) {
      spread.add(selection.name.value);
      collectFragment(fragments.get(selection.name.value));
    }
  };
  const collectFragment = (fragment: Fragment | undefined): void => {
    const condition = fragment?.typeCondition?.name.value ?? typename;
    if (fragment && isSubtypeIn(schema, typename, condition)) collect(fragment.selectionSet);
  };
  for (const selectionSet of selectionSets) collect(selectionSet);
  return groups;
}

type Fragment = Pick<FragmentDefinitionNode, 'selectionSet'> & {
  readonly typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined;
};

function addField(groups: Map<string, FieldNode[]>, field: FieldNode): void {
  const name = (field.alias ?? field.name).value;
  const group = groups.get(name);
  if (group) group.push(field);
  else groups.set(name, [field]);
}
