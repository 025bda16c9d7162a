import {
  type FieldNode,
  type FragmentSpreadNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
} from 'graphql';

/** What a field's selection may depend on. */
export type SelectionInfo = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>;

/** Whether a page of memos is asked for bodies, or for tasks, which stand in them. */
export function selectsBodies(info: SelectionInfo): boolean {
  const nodes = select(info, info.fieldNodes, 'nodes');
  const edgeNodes = select(info, select(info, info.fieldNodes, 'edges'), 'node');
  return ['body', 'tasks'].some(
    (field) => select(info, [...nodes, ...edgeNodes], field).length > 0,
  );
}

/** Whether a stretch of a change log is asked for memos: only then they are read. */
export function selectsMemos(info: SelectionInfo): boolean {
  return select(info, select(info, info.fieldNodes, 'changes'), 'memo').length > 0;
}

/** Whether a page of memos is asked where the change log stands. */
export function selectsChangesCursor(info: SelectionInfo): boolean {
  return select(info, info.fieldNodes, 'changesCursor').length > 0;
}

/** All selections of one field below these fields, under whatever alias. */
function select(info: SelectionInfo, parents: readonly FieldNode[], name: string): FieldNode[] {
  const selections = parents.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  return fieldsOf(info, selections).filter((field) => field.name.value === name);
}

/**
 * The fields of a selection, those in fragments too, without what @skip and @include leave out
 * (GraphQL specification, section 6.3.2, CollectFields). The types here are objects, so that a
 * fragment's type condition always holds.
 */
function fieldsOf(info: SelectionInfo, selections: readonly SelectionNode[]): FieldNode[] {
  const fields: FieldNode[] = [];
  const seenFragments = new Set<string>();
  const waiting = [...selections];
  for (const selection of waiting) {
    if (!isIncluded(info, selection)) continue;
    if (selection.kind === Kind.FIELD) fields.push(selection);
    else waiting.push(...selectionsOf(info, selection, seenFragments));
  }
  return fields;
}

/** Each named fragment counts once: fragments that spread one another twice would grow without end. */
function selectionsOf(
  { fragments }: SelectionInfo,
  fragment: InlineFragmentNode | FragmentSpreadNode,
  seenFragments: Set<string>,
): readonly SelectionNode[] {
  if (fragment.kind === Kind.INLINE_FRAGMENT) return fragment.selectionSet.selections;
  const name = fragment.name.value;
  if (seenFragments.has(name)) return [];
  seenFragments.add(name);
  return fragments[name]?.selectionSet.selections ?? [];
}

function isIncluded({ variableValues }: SelectionInfo, selection: SelectionNode): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.if !== true && include?.if !== false;
}
