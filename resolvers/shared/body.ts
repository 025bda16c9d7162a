/** The body of a memo whose parent came without it: pages see to it that this is rare. */
import { type Context, type DynamoDBGetItemRequest, util } from '@aws-appsync/utils';
import { readMemoId } from '#domain/memo/memoId.ts';
import { MEMO_NOT_FOUND } from '#domain/memo/memoProblems.ts';
import { memoRowKey } from '#table/memo/memoRow.ts';
import { livingMemoOf } from './memo.ts';
import { refuse, refuseFailure } from './refuse.ts';

/** For the field's `request`. */
export function readBody(ctx: Context): DynamoDBGetItemRequest {
  const key = readMemoId(`${ctx.source?.id}`);
  if (!key) return refuse(MEMO_NOT_FOUND);
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ ...memoRowKey(key) }),
    consistentRead: true,
  };
}

/** For its `response`. Ends with NOT_FOUND when the memo was purged meanwhile. */
export function bodyOf(ctx: Context): string {
  refuseFailure(ctx);
  const memo = livingMemoOf(ctx.result);
  return memo ? memo.body : refuse(MEMO_NOT_FOUND);
}
