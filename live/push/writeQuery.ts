import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type { WatchDocument } from '#table/live/subscriptions.ts';

/** Aliases and variables that begin with it are ours. */
export const PRIVATE_PREFIX = 'live_';
/** Where a page's size goes: written into the text, because the gateway reckons a size that a variable gives as its largest. */
export const PAGE_SIZE_MARK = `${PRIVATE_PREFIX}pageSize`;

/** What the query tells beside the client's selection, and what it is given. */
const HEAD = parse(
  `query MemoChanges($live_padId: ID!, $live_since: String!) {
    memoChanges(padId: $live_padId, since: $live_since, first: $${PAGE_SIZE_MARK}) {
      live_to: to live_reset: reset
    }
  }`,
  { noLocation: true },
).definitions[0] as OperationDefinitionNode;
const [ROOT] = HEAD.selectionSet.selections as [FieldNode];

export interface Parsed {
  readonly operation: OperationDefinitionNode;
  /** The one field, with all that is selected of it. */
  readonly field: FieldNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Turns a subscription into the query that tells one page of the same. Subscriptions of any pad and
 * from any cursor, under any name, become the same text when they select the same.
 */
export function writeQuery({ operation, field, fragments, variables }: Parsed): WatchDocument {
  const root: FieldNode = {
    ...ROOT,
    ...(field.alias && { alias: field.alias }),
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [
        ...(ROOT.selectionSet?.selections ?? []),
        ...(field.selectionSet?.selections ?? []),
      ],
    },
  };
  const used = findUsed(root, fragments);
  const definitions = operation.variableDefinitions ?? [];
  const kept = definitions.filter(({ variable }) => used.variables.has(variable.name.value));
  const query: OperationDefinitionNode = {
    ...HEAD,
    variableDefinitions: [...(HEAD.variableDefinitions ?? []), ...kept],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [root] },
  };
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [query, ...used.fragments] };
  const text = stripIgnoredCharacters(print(document));
  return nameDocument(
    text,
    pick(variables, kept.map(({ variable }) => variable.name.value).sort()),
  );
}

/**
 * 64 bits of a hash: the name stands in every watcher's row, which each push reads. Whoever found a
 * second text to a name would be refused: the first one is kept (subscriptionStore.ts).
 */
function nameDocument(query: string, variables: Readonly<Record<string, unknown>>): WatchDocument {
  const text = JSON.stringify([query, variables]);
  const hash = createHash('sha256').update(text).digest().subarray(0, 8).toString('base64url');
  return { hash, query, variables };
}

function pick(
  variables: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  const given = names.filter((name) => Object.hasOwn(variables, name));
  return Object.fromEntries(given.map((name) => [name, sorted(variables[name])]));
}

/** Equal values shall have one text, in whatever order a client writes their fields. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}

interface Used {
  readonly fragments: readonly FragmentDefinitionNode[];
  readonly variables: ReadonlySet<string>;
}

/** What is left of the document once its root is another. */
function findUsed(root: FieldNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): Used {
  const found = new Map<string, FragmentDefinitionNode>();
  const variables = new Set<string>();
  const look = (node: FieldNode | FragmentDefinitionNode): void => {
    visit(node, {
      Variable: ({ name }) => {
        variables.add(name.value);
      },
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || found.has(name.value)) return;
        found.set(name.value, fragment);
        look(fragment);
      },
    });
  };
  look(root);
  return { fragments: [...found.values()], variables };
}
