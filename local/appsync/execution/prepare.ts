import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { AppSyncApi } from '#local/appsync/definition.ts';
import { depthOf, introspects } from './limits.ts';
import { type AppSyncError, describeRefusal } from './problems.ts';
import type { AppSyncSchema } from './schema.ts';

/** What a client sends. */
export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

/** An operation that may be executed, or what keeps it from that. */
export type Prepared = Ready | Refused;

export interface Ready {
  readonly kind: 'READY';
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

interface Refused {
  readonly kind: 'REFUSED';
  readonly errors: readonly AppSyncError[];
}

type Rules = Pick<AppSyncApi, 'introspection' | 'queryDepthLimit'>;

/** Reads and checks an operation. Messages of the validation are graphql-js's, AppSync's are graphql-java's. */
export function prepare(request: GraphQLRequest, read: AppSyncSchema, rules: Rules): Prepared {
  const parsed = parseQuery(request.query);
  if (parsed.kind === 'REFUSED') return parsed;
  const { document } = parsed;
  const problems = findProblems(document, read, rules);
  if (problems.length > 0) return refuse(problems);
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return refuse([unknownOperation(request.operationName)]);
  const { queryDepthLimit: limit } = rules;
  if (limit === null || depthOf(operation, document) <= limit) {
    return { kind: 'READY', document, operation };
  }
  const message = `Query depth limit reached. The maximum allowed is ${limit}.`;
  return refuse([describeRefusal({ message }, 'QueryDepthLimitReached')]);
}

const refuse = (errors: readonly AppSyncError[]): Refused => ({ kind: 'REFUSED', errors });

function parseQuery(
  query: string,
): { readonly kind: 'PARSED'; readonly document: DocumentNode } | Refused {
  try {
    return { kind: 'PARSED', document: parse(query) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return refuse([describeRefusal(error, 'MalformedSyntaxException')]);
  }
}

function findProblems(document: DocumentNode, read: AppSyncSchema, rules: Rules): AppSyncError[] {
  if (!rules.introspection && introspects(document)) return [NO_INTROSPECTION];
  // AppSync guesses at nothing: a suggestion would tell of a schema that isn't told.
  return validate(read.schema, document, undefined, { hideSuggestions: true }).map(
    ({ message, locations }) =>
      describeRefusal({ message: `Validation error: ${message}`, ...(locations && { locations }) }),
  );
}

const NO_INTROSPECTION = describeRefusal({
  message:
    "Validation error of type FieldUndefined: Field '__schema' in type 'Query' is undefined @ '__schema'",
});

function unknownOperation(name: string | null | undefined): AppSyncError {
  const message = name
    ? `Unknown operation named '${name}'.`
    : 'Must provide operation name if query contains multiple operations.';
  return describeRefusal({ message }, 'BadRequestException');
}
