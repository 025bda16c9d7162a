import { type Context, util } from '@aws-appsync/utils';
import type { Problem } from '#domain/errors.ts';

/** Ends the resolver with a problem: its code is the `errorType`, its details are the `errorInfo`. */
export function refuse(problem: Problem): never {
  const { code, message, details } = problem;
  return util.error(message, code, null, details ?? null);
}

export function refuseIf(problem: Problem | null): void {
  if (problem) refuse(problem);
}

/**
 * Ends a step whose data source failed in a way the step doesn't expect: throttling is RATE_LIMITED,
 * a pad that has no room PAYLOAD_TOO_LARGE, all else INTERNAL in our own words, its cause in the log.
 */
export function refuseFailure(ctx: Context): void {
  if (!ctx.error) return;
  const { type } = ctx.error;
  if (THROTTLED.some((name) => type.endsWith(name))) refuse(TOO_MANY_REQUESTS);
  if (type.endsWith('ItemCollectionSizeLimitExceededException')) refuse(PAD_TOO_LARGE);
  refuseUnexpected(ctx, type);
}

/** INTERNAL; `what` goes to the log alone. */
export function refuseUnexpected(ctx: Context, what: string): never {
  const requestId = requestIdOf(ctx);
  // biome-ignore lint/suspicious/noConsole: that is how a resolver writes to its log.
  console.error(`unexpected error, request ${requestId}: ${what}`);
  const message = `Something went wrong on our side. The request id is ${requestId}.`;
  return refuse({ code: 'INTERNAL', message, details: { requestId } });
}

/** AWS's trace id, which AppSync, Lambda and X-Ray know the request by. */
export function requestIdOf(ctx: Context): string {
  const trace: unknown = ctx.request.headers['x-amzn-trace-id'];
  return typeof trace === 'string' && trace !== '' ? trace : 'unknown';
}

/** How DynamoDB and Lambda say that they can't keep up. */
const THROTTLED = [
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TooManyRequestsException',
];

export const TOO_MANY_REQUESTS: Problem = {
  code: 'RATE_LIMITED',
  message: 'Too many requests at once. Try again.',
  details: { retryAfterSeconds: 1 },
};

const PAD_TOO_LARGE: Problem = {
  code: 'PAYLOAD_TOO_LARGE',
  message: 'Expected a pad of at most 10 GB.',
};

/** Whether a step's single write was refused by its condition; `ctx.result` is then the row in its way. */
export function isConditionFailed(ctx: Context): boolean {
  return ctx.error?.type === 'DynamoDB:ConditionalCheckFailedException';
}

/** Ends a step whose batch DynamoDB answered in part: AppSync doesn't ask for the rest, and no step can wait. */
export function refuseLeftOut(ctx: Context): void {
  const leftOut = Object.values(ctx.result?.unprocessedKeys ?? {});
  if (leftOut.some((keys) => (keys as readonly unknown[] | null)?.length))
    refuse(TOO_MANY_REQUESTS);
}
