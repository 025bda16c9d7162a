import { type Context, util } from '@aws-appsync/utils';
import { epochMsOf, isoTime } from '#domain/clock.ts';
import type { Problem } from '#domain/errors.ts';
import { defaultEnd } from '#domain/memo/invite.ts';
import { beginChange } from '#resolvers/shared/pads/change.ts';
import { refuse } from '#resolvers/shared/refuse.ts';

export function request(ctx: Context): object {
  const { padId, expiresAt } = ctx.args;
  const now = util.time.nowEpochMilliSeconds();
  ctx.stash.now = now;
  ctx.stash.expiresAt = expiresAt ? inUtc(expiresAt) : defaultEnd(now);
  beginChange(ctx, padId, 'MANAGE', 'shared');
  return {};
}

export function response(ctx: Context): unknown {
  return ctx.prev.result;
}

/** AppSync hands a time on as it was sent, in whatever zone. */
function inUtc(time: string): string {
  const epochMs = epochMsOf(time);
  return epochMs === null ? refuse(NO_TIME) : isoTime(epochMs);
}

/** As the federated door says it, where AppSync's scalar takes more than ours. */
const NO_TIME: Problem = {
  code: 'BAD_USER_INPUT',
  message: 'Expected a date and time such as "2026-01-31T09:30:00.000Z".',
};
