/** An error as every door of Memopad tells it: `extensions.code` is one of eight words. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
}

/** An answer of the AppSync door, in the federated door's shape. */
export interface AppSyncAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly AnswerError[];
}

interface AppSyncError {
  readonly message?: unknown;
  readonly path?: readonly (string | number)[] | null;
  /** One of our codes, or a word of AppSync's own. */
  readonly errorType?: string | null;
  /** What our codes tell beside the message: `{ current }`, `{ retryAfterSeconds }`. */
  readonly errorInfo?: Readonly<Record<string, unknown>> | null;
}

/** The codes that resolvers answer with. */
const CODES: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'RATE_LIMITED',
  'PAYLOAD_TOO_LARGE',
  'INTERNAL',
]);

/** What AppSync says before a resolver runs, or in its place. */
const APPSYNC_WORDS: Readonly<Record<string, string>> = {
  Unauthorized: 'UNAUTHENTICATED',
  UnauthorizedException: 'UNAUTHENTICATED',
  BadRequestException: 'BAD_USER_INPUT',
  MalformedHttpRequestException: 'BAD_USER_INPUT',
  MalformedSyntaxException: 'BAD_USER_INPUT',
  QueryDepthLimitReached: 'BAD_USER_INPUT',
  ResolverExecutionLimitReached: 'BAD_USER_INPUT',
  UnsupportedOperation: 'BAD_USER_INPUT',
  RequestEntityTooLargeException: 'PAYLOAD_TOO_LARGE',
  ThrottlingException: 'RATE_LIMITED',
  TooManyRequestsException: 'RATE_LIMITED',
};

const HTTP_CODES: Readonly<Record<number, string>> = {
  400: 'BAD_USER_INPUT',
  401: 'UNAUTHENTICATED',
  403: 'UNAUTHENTICATED',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
  500: 'INTERNAL',
};

/**
 * Reads what the AppSync door answered: `errorType` becomes `extensions.code`, `errorInfo` the rest of the
 * extensions, and what AppSync refuses by itself gets one of our codes, its own word kept as `extensions.reason`.
 * @param status of HTTP: 401 for a token that isn't good, before any resolver
 * @param body as JSON gives it
 */
export function readAppSyncAnswer(status: number, body: unknown): AppSyncAnswer {
  const { data, errors } = (isObject(body) ? body : {}) as {
    readonly data?: AppSyncAnswer['data'];
    readonly errors?: unknown;
  };
  const told = Array.isArray(errors) ? (errors as readonly AppSyncError[]) : [];
  return { data: data ?? null, errors: told.map((error) => toAnswerError(error, status)) };
}

function toAnswerError(error: AppSyncError, status: number): AnswerError {
  const { message, path, errorType, errorInfo } = error;
  const isOurs = typeof errorType === 'string' && CODES.has(errorType);
  const extensions = isOurs
    ? { code: errorType, ...errorInfo }
    : { code: codeOf(error, status), ...(errorType && { reason: errorType }) };
  return { message: String(message ?? ''), ...(path && { path }), extensions };
}

/** The validator's errors, and what AppSync says of variables, have no type and no path: nothing ran. */
function codeOf({ path, errorType }: AppSyncError, status: number): string {
  const known = (errorType && APPSYNC_WORDS[errorType]) || HTTP_CODES[status];
  if (known) return known;
  return path || errorType ? 'INTERNAL' : 'BAD_USER_INPUT';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
