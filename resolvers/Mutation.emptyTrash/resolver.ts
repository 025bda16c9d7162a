import { type Context, util } from '@aws-appsync/utils';
import { needRole } from '#resolvers/shared/access.ts';

export function request(ctx: Context): object {
  needRole(ctx, ctx.args.padId ?? null, 'WRITE');
  ctx.stash.now = util.time.nowEpochMilliSeconds();
  return {};
}

export function response(ctx: Context): unknown {
  return ctx.prev.result;
}
