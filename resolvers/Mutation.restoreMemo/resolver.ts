import type { Context } from '@aws-appsync/utils';
import { changedMemo, expectVersion } from '#resolvers/shared/changeMemo.ts';
import { needMemo } from '#resolvers/shared/memo.ts';

export function request(ctx: Context): object {
  needMemo(ctx, ctx.args.id, 'WRITE');
  expectVersion(ctx, null);
  return {};
}

export function response(ctx: Context): unknown {
  return changedMemo(ctx);
}
