import type { Context } from '@aws-appsync/utils';
import { needRole } from '#resolvers/shared/access.ts';
import { pageOfChanges } from '#resolvers/shared/changes/page.ts';

export function request(ctx: Context): object {
  needRole(ctx, ctx.args.padId, 'READ');
  return {};
}

export function response(ctx: Context): unknown {
  return pageOfChanges(ctx);
}
