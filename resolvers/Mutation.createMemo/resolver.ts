import type { Context } from '@aws-appsync/utils';
import { needRole } from '#resolvers/shared/access.ts';

export function request(ctx: Context): object {
  needRole(ctx, ctx.args.input.padId ?? null, 'WRITE');
  return {};
}

export function response(ctx: Context): unknown {
  return ctx.prev.result;
}
