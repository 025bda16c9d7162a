import { type Context, type DynamoDBGetItemRequest, runtime, util } from '@aws-appsync/utils';
import { readMemoId } from '#domain/memo/memoId.ts';
import { livingMemoOf, memoSource } from '#resolvers/shared/memo.ts';
import { refuseFailure } from '#resolvers/shared/refuse.ts';
import { memoRowKey } from '#table/memo/memoRow.ts';

/** The memo of a change that was read without: only where an alias has hidden what is selected. */
export function request(ctx: Context): DynamoDBGetItemRequest {
  const { memo, kind, memoId } = ctx.source ?? {};
  if (memo !== undefined) return runtime.earlyReturn(memo);
  const key = kind === 'DELETED' || !memoId ? null : readMemoId(memoId);
  if (!key) return runtime.earlyReturn(null);
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ ...memoRowKey(key) }),
    consistentRead: true,
  };
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  const memo = livingMemoOf(ctx.result);
  return memo && memoSource(memo, ctx.source?.padRole ?? null);
}
