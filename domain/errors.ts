/** What can go wrong, in the words every door uses. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'PAYLOAD_TOO_LARGE'
  | 'INTERNAL';

/** The HTTP status of each code, for doors that answer with one (RFC 9110 section 15). */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  PAYLOAD_TOO_LARGE: 413,
  INTERNAL: 500,
};

/** What an error tells beside its message: `current` (CONFLICT), `retryAfterSeconds` (RATE_LIMITED). */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * What a rule found wrong, in plain values: rules that both doors read return it, or null when nothing
 * is. Use cases throw it as an error, AppSync's resolvers end with it.
 */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: ErrorDetails;
}

/** @throws the problem as a MemopadError, when there is one. */
export function throwProblem(problem: Problem | null): void {
  if (problem) throw problemError(problem);
}

export function problemError({ code, message, details }: Problem): MemopadError {
  return new MemopadError(code, message, details);
}

/**
 * An error meant for whoever asked. Its message says what was expected and what came, and never
 * holds a token, a password or memo text. Anything else that is thrown is masked as INTERNAL.
 */
export class MemopadError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'MemopadError';
    this.code = code;
    this.details = details;
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(HTTP_STATUS, value);
}

/** An error nobody meant for a caller, in our own words alone, so that the log may have its message. */
export class PlainError extends Error {}
