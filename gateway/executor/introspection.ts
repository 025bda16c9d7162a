import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';

/** What introspection is asked with. */
export interface Introspection {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Answers a root field about the schema, `__schema` or `__type`, by executing it alone. No subgraph is asked. */
export function introspect(
  selections: readonly FieldNode[],
  { schema, document, operation, variables }: Introspection,
): unknown {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const alone = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  const { data, errors } = executeSync({
    schema,
    document: { kind: Kind.DOCUMENT, definitions: [alone, ...fragments] },
    variableValues: variables,
  });
  if (!data) throw errors?.[0] ?? new TypeError('Expected introspection to answer.');
  return Object.values(data)[0];
}
