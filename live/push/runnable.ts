import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  getVariableValues,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { WatchDocument } from '#table/live/subscriptions.ts';
import { API } from './api.ts';
import { fragmentsOf } from './readSubscription.ts';
import { PAGE_SIZE_MARK, PRIVATE_PREFIX } from './writeQuery.ts';

/** A document that is ready to run, and what is known of its answers. */
export interface Runnable {
  /** Names the document and its variables. */
  readonly hash: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Under which name the batch is in an answer. */
  readonly batchKey: string;
  /** The names in a batch, each with the field it stands for; ours are left out. */
  readonly batchFields: ReadonlyMap<string, string>;
  /** The names in a change, each with the field it stands for. */
  readonly changeFields: ReadonlyMap<string, string>;
  /** The query for a page of this size, or the next larger one we have. */
  query(size: number): { readonly text: string; readonly pageSize: number };
}

/**
 * Few sizes, so that the gateway sees few documents. The largest leaves room for every field of a
 * memo within the gateway's limit of 5,000 objects.
 */
const PAGE_SIZES = [1, 5, 25, 50] as const;
export const LARGEST_PAGE = 50;

/** Makes a kept document ready to run. */
export function makeRunnable({ hash, query, variables }: WatchDocument): Runnable {
  const document = parse(query, { noLocation: true });
  const operation = document.definitions[0] as OperationDefinitionNode;
  const [root] = operation.selectionSet.selections as [FieldNode];
  const fields = createFields(fragmentsOf(document), valuesOf(operation, variables));
  const batch = fields([root.selectionSet]);
  const changes = [...batch.values()].flat().filter(({ name }) => name.value === 'changes');
  return {
    hash,
    variables,
    batchKey: root.alias?.value ?? root.name.value,
    batchFields: namesOf(batch),
    changeFields: namesOf(fields(changes.map(({ selectionSet }) => selectionSet))),
    query(size) {
      const pageSize = PAGE_SIZES.find((known) => known >= size) ?? LARGEST_PAGE;
      return { text: query.replace(`$${PAGE_SIZE_MARK}`, String(pageSize)), pageSize };
    },
  };
}

/** With defaults; ours have none and decide nothing here. */
function valuesOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Values {
  const theirs = variableDefinitions.filter(
    ({ variable }) => !variable.name.value.startsWith(PRIVATE_PREFIX),
  );
  return getVariableValues(API, theirs, variables).coerced ?? {};
}

type Values = { readonly [name: string]: unknown };
type Fields = ReadonlyMap<string, readonly FieldNode[]>;

type Fragments = Map<string, FragmentDefinitionNode>;
type Sets = readonly (SelectionSetNode | undefined)[];

/** Like CollectFields of the specification, section 6.3.2; every type condition here is met. */
function createFields(fragments: ReadonlyMap<string, FragmentDefinitionNode>, values: Values) {
  function* flatten(sets: Sets, unused: Fragments): Generator<FieldNode> {
    const selections = sets.flatMap((set) => set?.selections ?? []);
    for (const selection of selections.filter((one) => isIncluded(one, values))) {
      if (selection.kind === Kind.FIELD) yield selection;
      else yield* flatten([takeSet(selection, unused)], unused);
    }
  }
  return (sets: Sets): Fields => {
    const fields = new Map<string, FieldNode[]>();
    for (const field of flatten(sets, new Map(fragments))) {
      const key = field.alias?.value ?? field.name.value;
      fields.set(key, [...(fields.get(key) ?? []), field]);
    }
    return fields;
  };
}

/** A fragment says the same each time it is spread. */
function takeSet(
  spread: InlineFragmentNode | FragmentSpreadNode,
  unused: Fragments,
): SelectionSetNode | undefined {
  if (spread.kind === Kind.INLINE_FRAGMENT) return spread.selectionSet;
  const fragment = unused.get(spread.name.value);
  unused.delete(spread.name.value);
  return fragment?.selectionSet;
}

function isIncluded(node: Parameters<typeof getDirectiveValues>[1], values: Values): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, values)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, values)?.if !== false;
}

function namesOf(fields: Fields): ReadonlyMap<string, string> {
  const entries = [...fields].map(([key, [field]]) => [key, field?.name.value ?? ''] as const);
  return new Map(entries.filter(([key]) => !key.startsWith(PRIVATE_PREFIX)));
}
