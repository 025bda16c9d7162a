import type { Context } from '@aws-appsync/utils';
import { needRole } from '#resolvers/shared/access.ts';
import { connectionOf } from '#resolvers/shared/memoPage.ts';

/** Whoever was given the pad has a role in it, which whoever gave it has read: it is not read again. */
export function request(ctx: Context): object {
  const { id, role } = ctx.source ?? {};
  needRole(ctx, id, 'READ');
  if (role) ctx.stash.access = { ...ctx.stash.access, role };
  return {};
}

export function response(ctx: Context): unknown {
  return connectionOf(ctx);
}
