import type { Context } from '@aws-appsync/utils';
import { beginChange, refuseOvertaken } from '#resolvers/shared/pads/change.ts';

export function request(ctx: Context): object {
  beginChange(ctx, ctx.args.id, 'MANAGE', 'deleted');
  return {};
}

export function response(ctx: Context): boolean {
  refuseOvertaken(ctx);
  return true;
}
