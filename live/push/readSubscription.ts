import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import type { WatchDocument } from '#table/live/subscriptions.ts';
import { API } from './api.ts';
import { gatherRoot } from './gatherRoot.ts';
import { refused, SubscriptionRefused } from './refusal.ts';
import { viewerFieldsRule } from './viewerFields.ts';
import { PRIVATE_PREFIX, writeQuery } from './writeQuery.ts';

/** What the payload of `subscribe` holds, as it came. */
export interface SubscribePayload {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What a client wants to watch. */
export interface WatchRequest {
  readonly padId: string;
  /** The cursor as given; null: from now on. */
  readonly since: string | null;
  readonly document: WatchDocument;
}

/** As the gateway's own, which run when the query made of the document does. */
const MAX_CHARACTERS = 20_000;
const MAX_TOKENS = 1_000;
const MAX_PROBLEMS = 10;
const RULES = [...specifiedRules, viewerFieldsRule];

/**
 * Reads a subscription and checks it for all that can be known before it runs: one operation, one
 * `memoChanges`, of which everybody may see everything, with good variables.
 * @throws SubscriptionRefused
 */
export function readSubscription(payload: SubscribePayload): WatchRequest {
  const document = parseDocument(payload.query);
  const operation = requireSubscription(document, payload.operationName);
  const fragments = fragmentsOf(document);
  // First, because graphql-js's rule for the root throws on a condition there.
  const field = gatherRoot(operation.selectionSet, fragments);
  const problems = validate(API, document, RULES, { maxErrors: MAX_PROBLEMS });
  if (problems.length > 0) throw refuse(problems);
  refusePrivateNames(document);
  const variables = payload.variables ?? {};
  const { padId, since } = readArguments(operation, field, variables);
  return { padId, since, document: writeQuery({ operation, field, fragments, variables }) };
}

function parseDocument(query: string): DocumentNode {
  if (query.length > MAX_CHARACTERS) {
    throw refused(
      `Expected a document of at most ${MAX_CHARACTERS} characters, got ${query.length}.`,
    );
  }
  try {
    return parse(query, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch (error) {
    throw refuse([error as GraphQLError]);
  }
}

function requireSubscription(
  { definitions }: DocumentNode,
  operationName: string | null | undefined,
): OperationDefinitionNode {
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations as OperationDefinitionNode[];
  if (!operation || operations.length > 1) {
    throw refused(`Expected one operation in the document, got ${operations.length}.`);
  }
  if (operation.operation !== 'subscription') {
    throw refused(
      `Expected a subscription, got a ${operation.operation}: the socket carries subscriptions alone, send it over HTTP.`,
    );
  }
  if (operationName && operation.name?.value !== operationName) {
    throw refused('Expected operationName to name the operation in the document.');
  }
  return operation;
}

/** Names of ours in the query that is made of the document. */
function refusePrivateNames(document: DocumentNode): void {
  const check = (name: string | undefined): void => {
    if (!name?.startsWith(PRIVATE_PREFIX)) return;
    throw refused(`Expected no alias or variable that begins with ${PRIVATE_PREFIX}.`);
  };
  visit(document, {
    Field: ({ alias }) => check(alias?.value),
    Variable: ({ name }) => check(name.value),
  });
}

export function fragmentsOf({
  definitions,
}: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
}

function readArguments(
  operation: OperationDefinitionNode,
  field: Parameters<typeof getArgumentValues>[1],
  inputs: Readonly<Record<string, unknown>>,
): { readonly padId: string; readonly since: string | null } {
  const definition = API.getSubscriptionType()?.getFields().memoChanges;
  if (!definition) throw new Error('Expected the API to have Subscription.memoChanges.');
  const options = { maxErrors: MAX_PROBLEMS };
  const variables = operation.variableDefinitions ?? [];
  const { coerced, errors } = getVariableValues(API, variables, inputs, options);
  if (errors) throw refuse(errors);
  const { padId, since } = getArgumentValues(definition, field, coerced);
  return { padId: String(padId), since: typeof since === 'string' ? since : null };
}

function refuse(problems: readonly GraphQLError[]): SubscriptionRefused {
  return new SubscriptionRefused(
    problems.map(({ message }) => ({ message, extensions: { code: 'BAD_USER_INPUT' } })),
  );
}
