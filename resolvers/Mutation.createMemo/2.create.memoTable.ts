import { type Context, type DynamoDBPutItemRequest, util } from '@aws-appsync/utils';
import { firstVersion, newMemoProblem } from '#domain/memo/firstVersion.ts';
import { badInputProblem, PURGED_CONFLICT } from '#domain/memo/memoProblems.ts';
import { ulidTime } from '#domain/viewer/ulid.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { livingMemoOf, memoSource } from '#resolvers/shared/memo.ts';
import { putMemo } from '#resolvers/shared/putMemo.ts';
import { isConditionFailed, refuse, refuseFailure, refuseIf } from '#resolvers/shared/refuse.ts';

/** Writes a memo whose ulid was never used. Ends with BAD_USER_INPUT. */
export function request(ctx: Context): DynamoDBPutItemRequest {
  const { input } = ctx.args;
  const { padId, viewerId } = accessOf(ctx);
  const now = util.time.nowEpochMilliSeconds();
  refuseIf(badInputProblem(newMemoProblem(input, now)));
  const ulid = input.ulid ?? util.autoUlid().toUpperCase();
  // A time that the ulid tells isn't kept a second time.
  const made = input.ulid == null ? ulidTime(ulid) : now;
  ctx.stash.memo = firstVersion({ padId, ulid }, input, viewerId, made);
  return putMemo(ctx.stash.memo, { expression: 'attribute_not_exists(SK)' });
}

/** A ulid that has a memo already gives that memo as it is now; that of a purged one ends with CONFLICT. */
export function response(ctx: Context): unknown {
  const { role } = accessOf(ctx);
  if (!isConditionFailed(ctx)) {
    refuseFailure(ctx);
    return memoSource(ctx.stash.memo, role);
  }
  const existing = livingMemoOf(ctx.result);
  if (!existing) return refuse(PURGED_CONFLICT);
  return memoSource(existing, role);
}
