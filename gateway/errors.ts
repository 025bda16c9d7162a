import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { type ErrorCode, isErrorCode, MemopadError } from '#domain/errors.ts';
import { LIMITS } from './limits.ts';

/** Why a request is turned away before GraphQL sees it, with the HTTP status that says so. */
export class Refusal extends MemopadError {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: ErrorCode,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code, message);
    this.name = 'Refusal';
    this.status = status;
    this.headers = headers;
  }
}

/** A GraphQL error as callers see it: one of the eight codes, and nothing of how we are built. */
export interface PublicError extends GraphQLFormattedError {
  readonly extensions: { readonly code: ErrorCode; readonly [detail: string]: unknown };
}

type Path = readonly (string | number)[];

/** What callers are told of an error whose cause is none of their business. */
export function maskedError(requestId: string, path?: Path | undefined): PublicError {
  return {
    message: `Something went wrong on our side. The request id is ${requestId}.`,
    ...(path && { path }),
    extensions: { code: 'INTERNAL', requestId },
  };
}

/** Turns an error of Apollo Server, the gateway or a subgraph into what the caller is told; null when nobody may know. */
export function publicError(error: GraphQLError, requestId: string): PublicError | null {
  const { serviceName, code } = error.extensions;
  if (serviceName !== undefined) return publicSubgraphError(error, requestId);
  if (!isAboutRequest(error)) return null;
  const { locations, path } = error;
  return {
    message: hideText(error.message),
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code: 'BAD_USER_INPUT', reason: code ?? 'BAD_USER_INPUT' },
  };
}

/** An error that a subgraph sent: the executor names the subgraph in it. */
function publicSubgraphError(error: GraphQLError, requestId: string): PublicError | null {
  const { message, extensions, path } = error;
  const { code, current, retryAfterSeconds } = extensions;
  if (!isErrorCode(code)) return null;
  if (code === 'INTERNAL') return maskedError(requestId, path);
  return {
    message,
    ...(path && { path }),
    extensions: {
      code,
      ...(current !== undefined && { current }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    },
  };
}

/** The codes of Apollo Server and its gateway that blame the request. */
const REQUEST_CODES: readonly unknown[] = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'INVALID_GRAPHQL',
];

function isAboutRequest({ extensions }: GraphQLError): boolean {
  return REQUEST_CODES.includes(extensions.code);
}

/** `"text"` or `{title: "text"}`, but not a punctuator such as `"{"`. */
const QUOTED_VALUE = /(found|value:) (?!"[^\w\s]{1,3}"\.$)\S*["[{].*$/s;

/**
 * graphql-js quotes what it choked on, which can be memo text or a password written into the
 * document: `Expected Name, found String "…".`, `Int cannot represent non-integer value: "…"`.
 */
function hideText(message: string): string {
  const hidden = message.replace(/(Block)?String ".*"/s, 'a string');
  return shorten(hidden.replace(QUOTED_VALUE, '$1 (not shown).'));
}

export function shorten(message: string): string {
  if (message.length <= LIMITS.messageLength) return message;
  return `${message.slice(0, LIMITS.messageLength - 1)}…`;
}
