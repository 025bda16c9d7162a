import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { PublicError } from './errors.ts';
import { findVariableProblems, type Variables } from './variables.ts';

/** Why an operation isn't run although its document is valid. */
export interface OperationRefusal {
  readonly refusals: readonly PublicError[];
  /** An HTTP status and a header that go with it. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OperationToCheck {
  readonly operation: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
  readonly variables: Variables;
  /** A GET request may only read. */
  readonly readOnly: boolean;
  /** Whether error messages keep quiet about names that a caller nearly hit. */
  readonly hideSuggestions: boolean;
}

/** Looks at what differs from request to request: how it was sent and its variables. */
export function checkOperation(options: OperationToCheck): OperationRefusal | null {
  const { operation, schema, variables, readOnly, hideSuggestions } = options;
  // https://graphql.github.io/graphql-over-http/draft/#sec-GET
  if (readOnly && operation.operation !== 'query') {
    const message = `Expected POST for a ${operation.operation}, got GET.`;
    return { refusals: refuse('BAD_REQUEST', [message]), status: 405, headers: { allow: 'POST' } };
  }
  const { variableDefinitions } = operation;
  if (!variableDefinitions?.length) return null;
  const problems = findVariableProblems(schema, variableDefinitions, variables, hideSuggestions);
  return problems.length > 0 ? { refusals: refuse('BAD_USER_INPUT', problems) } : null;
}

export function refuse(reason: string, messages: readonly string[]): PublicError[] {
  const extensions = { code: 'BAD_USER_INPUT', reason } as const;
  return messages.map((message) => ({ message, extensions }));
}
