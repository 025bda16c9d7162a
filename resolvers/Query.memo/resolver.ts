import type { Context } from '@aws-appsync/utils';
import { needMemo } from '#resolvers/shared/memo.ts';

export function request(ctx: Context): object {
  needMemo(ctx, ctx.args.id, 'READ');
  return {};
}

export function response(ctx: Context): unknown {
  return ctx.prev.result;
}
