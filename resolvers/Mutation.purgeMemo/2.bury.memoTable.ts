import { type Context, type DynamoDBUpdateItemRequest, util } from '@aws-appsync/utils';
import { MEMO_NOT_FOUND } from '#domain/memo/memoProblems.ts';
import { expiredSince, tombstoneEnds } from '#domain/memo/trash.ts';
import { buryMemo } from '#resolvers/shared/buryMemo.ts';
import { memoKeyOf } from '#resolvers/shared/memo.ts';
import { isConditionFailed, refuse, refuseFailure } from '#resolvers/shared/refuse.ts';

/** Puts a tombstone in the memo's place, without a read. Ends with NOT_FOUND also for what is purged already. */
export function request(ctx: Context): DynamoDBUpdateItemRequest {
  const now = util.time.nowEpochMilliSeconds();
  return {
    operation: 'UpdateItem',
    ...buryMemo({
      ...memoKeyOf(ctx),
      expiredSince: expiredSince(now),
      tombstoneEnds: tombstoneEnds(now),
    }),
  };
}

export function response(ctx: Context): unknown {
  if (isConditionFailed(ctx)) refuse(MEMO_NOT_FOUND);
  refuseFailure(ctx);
  return true;
}
