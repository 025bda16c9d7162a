import { type Context, type DynamoDBGetItemRequest, util } from '@aws-appsync/utils';
import { MEMO_NOT_FOUND } from '#domain/memo/memoProblems.ts';
import { memoRowKey } from '#table/memo/memoRow.ts';
import { accessOf } from './access.ts';
import { livingMemoOf, memoKeyOf, memoSource } from './memo.ts';
import { refuse, refuseFailure } from './refuse.ts';

/** The step that reads the memo that `needMemo` was called with, strongly. Ends with NOT_FOUND. */
export function request(ctx: Context): DynamoDBGetItemRequest {
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ ...memoRowKey(memoKeyOf(ctx)) }),
    consistentRead: true,
  };
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  const memo = livingMemoOf(ctx.result);
  if (!memo) return refuse(MEMO_NOT_FOUND);
  ctx.stash.memo = memo;
  return memoSource(memo, accessOf(ctx).role);
}
