import type { Context } from '@aws-appsync/utils';
import { needRole } from '#resolvers/shared/access.ts';
import { connectionOf } from '#resolvers/shared/memoPage.ts';

export function request(ctx: Context): object {
  needRole(ctx, ctx.args.padId ?? null, 'READ');
  return {};
}

export function response(ctx: Context): unknown {
  return connectionOf(ctx);
}
