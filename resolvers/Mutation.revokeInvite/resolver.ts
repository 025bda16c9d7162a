import type { Context } from '@aws-appsync/utils';
import { beginChange } from '#resolvers/shared/pads/change.ts';

export function request(ctx: Context): object {
  beginChange(ctx, ctx.args.padId, 'MANAGE', 'shared');
  return {};
}

export function response(ctx: Context): unknown {
  return ctx.prev.result;
}
