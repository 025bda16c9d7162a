/**
 * A change of the memo that the step `readMemo` has read, in two steps of two tries: each writes if nobody
 * else did meanwhile. AppSync gives a failed condition the row that stands in its way, and takes it for
 * success when that is the row to be written: the answer to its first sending got lost.
 */
import { type Context, type DynamoDBPutItemRequest, runtime, util } from '@aws-appsync/utils';
import type { Memo, MemoContent } from '#domain/memo/memo.ts';
import { MEMO_NOT_FOUND, versionConflictProblem } from '#domain/memo/memoProblems.ts';
import { differs, nextVersion } from '#domain/memo/nextVersion.ts';
import { accessOf } from './access.ts';
import { livingMemoOf, type MemoSource, memoSource } from './memo.ts';
import { putMemo } from './putMemo.ts';
import { isConditionFailed, refuse, refuseFailure } from './refuse.ts';

interface ChangeStash {
  /** As it was read, or as it was found in the way; in the end as it is answered. */
  memo: Memo;
  /** Null: the change wins over whatever is there. */
  expectedVersion: number | null;
  /** What is being written. */
  next: Memo;
  /** Whether a try came through. */
  isWritten?: boolean;
  /** Whether there was a try before. */
  wasTried?: boolean;
}

/** For the `request` of a pipeline's `resolver.ts`. */
export function expectVersion(ctx: Context, expectedVersion: number | null | undefined): void {
  ctx.stash.expectedVersion = expectedVersion ?? null;
}

/** The memo to change, at the beginning of a try; none is left to do for the second when the first came through. */
export function memoToChange(ctx: Context): Memo {
  const { memo, expectedVersion, isWritten } = stashOf(ctx);
  if (isWritten) return runtime.earlyReturn(memo);
  if (expectedVersion !== null && memo.version !== expectedVersion) {
    refuse(versionConflictProblem(memo, expectedVersion));
  }
  return memo;
}

/** For the `request` of a try. A change that changes nothing writes nothing. */
export function writeChange(ctx: Context, fields: Partial<MemoContent>): DynamoDBPutItemRequest {
  const stash = stashOf(ctx);
  const { memo } = stash;
  if (!differs(memo, fields)) {
    stash.isWritten = true;
    return runtime.earlyReturn(memo);
  }
  const { viewerId } = accessOf(ctx);
  stash.next = nextVersion(memo, fields, viewerId, util.time.nowEpochMilliSeconds());
  return putMemo(stash.next, {
    expression: 'version = :version',
    expressionValues: util.dynamodb.toMapValues({ ':version': memo.version }),
  });
}

/** For the `response` of a try. Ends with NOT_FOUND, and with CONFLICT where no other try may follow. */
export function noteWrite(ctx: Context): unknown {
  const stash = stashOf(ctx);
  const { expectedVersion, wasTried } = stash;
  stash.wasTried = true;
  if (!isConditionFailed(ctx)) {
    refuseFailure(ctx);
    stash.isWritten = true;
    stash.memo = stash.next;
    return stash.memo;
  }
  const inTheWay = livingMemoOf(ctx.result);
  if (!inTheWay) return refuse(MEMO_NOT_FOUND);
  if (expectedVersion !== null || wasTried) {
    refuse(versionConflictProblem(inTheWay, expectedVersion));
  }
  stash.memo = inTheWay;
  return inTheWay;
}

/** For the `response` of a pipeline's `resolver.ts`. */
export function changedMemo(ctx: Context): MemoSource {
  return memoSource(stashOf(ctx).memo, accessOf(ctx).role);
}

const stashOf = (ctx: Context): ChangeStash => ctx.stash as ChangeStash;
