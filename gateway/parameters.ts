import { Refusal } from './errors.ts';
import { LIMITS } from './limits.ts';

/** A GraphQL-over-HTTP request. https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters */
export interface GraphQLParameters {
  readonly query?: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
}

/** Reads the parameters out of a POST body. @throws Refusal 400 */
export function readBodyParameters(body: string): GraphQLParameters {
  const value = parseJson(body, 'body');
  if (Array.isArray(value)) throw refusal('Expected one operation in the body, got a batch');
  if (!isRecord(value)) throw refusal('Expected a JSON object in the body');
  return check(value);
}

/** Reads the parameters out of a GET request's query string; an empty one counts as none. @throws Refusal 400 */
export function readSearchParameters(search: string): GraphQLParameters {
  const sent = new URLSearchParams(search);
  const value: Record<string, unknown> = {};
  for (const name of ['query', 'operationName', 'variables', 'extensions']) {
    const [text, ...others] = sent.getAll(name);
    if (others.length > 0) throw refusal(`Expected the parameter "${name}" once`);
    if (!text) continue;
    const isJson = name === 'variables' || name === 'extensions';
    value[name] = isJson ? parseJson(text, `parameter "${name}"`) : text;
  }
  return check(value);
}

function check(value: Record<string, unknown>): GraphQLParameters {
  const { query, operationName, variables, extensions } = value;
  // Without a query it may still be an attempt at a persisted one, which clients want to be told of.
  if (typeof query !== 'string' || query === '') {
    if (!isRecord(extensions) || !('persistedQuery' in extensions) || query !== undefined) {
      throw refusal('Expected "query" to be a text');
    }
  }
  if (query !== undefined) checkLength(query);
  if (operationName != null && typeof operationName !== 'string') {
    throw refusal('Expected "operationName" to be a text');
  }
  if (variables != null && !isRecord(variables)) {
    throw refusal('Expected "variables" to be an object');
  }
  if (extensions != null && !isRecord(extensions)) {
    throw refusal('Expected "extensions" to be an object');
  }
  return value as GraphQLParameters;
}

function checkLength({ length }: string): void {
  if (length <= LIMITS.queryLength) return;
  const expected = `Expected "query" to be at most ${LIMITS.queryLength} characters, got ${length}`;
  throw refusal(`${expected}. Long texts belong into variables`);
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw refusal(`Expected JSON in the ${where}, got ${text.length} characters that aren't`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(message: string): Refusal {
  return new Refusal(400, 'BAD_USER_INPUT', `${message}.`);
}
