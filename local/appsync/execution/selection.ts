import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What of `info` says which fields are selected below a field. */
export interface Selection {
  /** Paths with slashes, fragments flattened, aliases instead of names: `['nodes', 'nodes/id']`. */
  readonly selectionSetList: readonly string[];
  readonly selectionSetGraphQL: string;
}

/** Where fragments and variables are found. */
export type Surroundings = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>;

/** https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html */
export function describeSelection(
  fieldNodes: readonly FieldNode[],
  surroundings: Surroundings,
): Selection {
  const sets = fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const paths = new Set<string>();
  for (const set of sets) collectPaths(set, '', surroundings, paths);
  return { selectionSetList: [...paths], selectionSetGraphQL: sets.map(print).join('\n') };
}

function collectPaths(
  { selections }: SelectionSetNode,
  prefix: string,
  surroundings: Surroundings,
  paths: Set<string>,
): void {
  for (const selection of selections) {
    if (!isIncluded(selection, surroundings)) continue;
    if (selection.kind !== 'Field') {
      const set = setOf(selection, surroundings.fragments);
      if (set) collectPaths(set, prefix, surroundings, paths);
      continue;
    }
    const path = `${prefix}${(selection.alias ?? selection.name).value}`;
    paths.add(path);
    if (selection.selectionSet) {
      collectPaths(selection.selectionSet, `${path}/`, surroundings, paths);
    }
  }
}

/** The fields of an operation, with those of its fragments. */
export function rootFields(set: SelectionSetNode, document: DocumentNode): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [selection];
    const inner = setOf(selection, fragmentsOf(document));
    return inner ? rootFields(inner, document) : [];
  });
}

/** A document's fragments by their names. */
export function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  return Object.fromEntries(
    definitions.flatMap((one): [string, FragmentDefinitionNode][] =>
      one.kind === 'FragmentDefinition' ? [[one.name.value, one]] : [],
    ),
  );
}

/** What a fragment selects. */
export function setOf(
  selection: Exclude<SelectionNode, FieldNode>,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): SelectionSetNode | undefined {
  if (selection.kind === 'InlineFragment') return selection.selectionSet;
  return fragments[selection.name.value]?.selectionSet;
}

/** What `@skip` and `@include` say. */
export function isIncluded(node: SelectionNode, { variableValues }: Surroundings): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false;
}
