import { MemopadError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { HttpResponse } from '#domain/viewer/httpMessage.ts';
import { json } from './json.ts';
import type { RequestTrace } from './requestTrace.ts';

export interface Problem {
  readonly status: number;
  /** One of OAuth 2's codes where there is one (RFC 6749 section 5.2). */
  readonly error: string;
  readonly description: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that HTTP or OAuth itself has an answer for. */
export class HttpProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.description, { cause: problem.cause });
    this.name = 'HttpProblem';
    this.problem = problem;
  }
}

/** The answer to a request that failed, in the words of OAuth 2. */
export function describeProblem(
  error: unknown,
  requestId: string,
  trace: RequestTrace,
  log: Log,
): HttpResponse {
  const known = error instanceof HttpProblem ? error.problem : toProblem(error);
  const problem = known ?? unexpected(requestId);
  trace.errorCodes = [problem.error];
  const cause = known ? known.cause : error;
  if (cause) {
    const description = describeUnexpected(cause);
    log({ level: 'error', message: 'unexpected error', requestId, error: description });
  }
  return json({
    status: problem.status,
    body: { error: problem.error, error_description: problem.description },
    headers: { 'cache-control': 'no-store', ...problem.headers },
  });
}

function toProblem(error: unknown): Problem | undefined {
  if (!(error instanceof MemopadError)) return undefined;
  const { code, message: description, details } = error;
  switch (code) {
    // RFC 6749 says 400: a 401 would have to name an authentication scheme of HTTP.
    case 'UNAUTHENTICATED':
      return { status: 400, error: 'invalid_grant', description };
    case 'BAD_USER_INPUT':
      return { status: 400, error: 'invalid_request', description };
    case 'RATE_LIMITED': {
      const headers = { 'retry-after': String(details.retryAfterSeconds) };
      // RFC 8628 section 3.5 has the only code of a token endpoint that says so.
      return { status: 429, error: 'slow_down', description, headers };
    }
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'CONFLICT':
    case 'PAYLOAD_TOO_LARGE':
    case 'INTERNAL':
      return undefined;
  }
}

function unexpected(requestId: string): Problem {
  const description = `Something went wrong on our side. The request id is ${requestId}.`;
  return { status: 500, error: 'server_error', description };
}
