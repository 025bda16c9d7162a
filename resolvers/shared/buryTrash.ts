import { type Context, type DynamoDBTransactWriteItemsRequest, runtime } from '@aws-appsync/utils';
import type { Problem } from '#domain/errors.ts';
import type { MemoSummary } from '#domain/memo/memo.ts';
import { cutToBytes } from '#domain/memo/page.ts';
import { expiredSince, longestUntouched, tombstoneEnds } from '#domain/memo/trash.ts';
import { buryMemo } from './buryMemo.ts';
import { refuse, refuseFailure } from './refuse.ts';
import { memoTableOf } from './tables.ts';

/** A transaction may touch 4 MB of items; beside its body each has a few KB at the most. */
const BODY_BYTES_MAX = 3_000_000;

/**
 * Both tries of Mutation.emptyTrash at purging what was read, all of it or nothing: when others wrote to
 * some of it meanwhile, the second is for the rest. Ends with CONFLICT when that was written to, too.
 */
export function request(ctx: Context): DynamoDBTransactWriteItemsRequest {
  const { purged, wasTried, now } = ctx.stash;
  if (purged !== undefined) return runtime.earlyReturn(purged);
  const chosen: readonly MemoSummary[] = wasTried ? ctx.stash.chosen : choose(ctx);
  if (chosen.length === 0) return runtime.earlyReturn(0);
  ctx.stash.chosen = chosen;
  const table = memoTableOf(ctx);
  const until = { expiredSince: expiredSince(now), tombstoneEnds: tombstoneEnds(now) };
  const transactItems = chosen.map(({ padId, ulid, version }) => {
    const { key, update, condition } = buryMemo({ padId, ulid, version, ...until });
    return {
      table,
      operation: 'UpdateItem' as const,
      key,
      update,
      condition: { ...condition, returnValuesOnConditionCheckFailure: false },
    };
  });
  return { operation: 'TransactWriteItems', transactItems };
}

/** How many were purged. */
export function response(ctx: Context): unknown {
  const { chosen, wasTried } = ctx.stash;
  if (!ctx.error) {
    ctx.stash.purged = chosen.length;
    return chosen.length;
  }
  if (!ctx.error.type.endsWith('TransactionCanceledException')) refuseFailure(ctx);
  if (wasTried) refuse(OVERTAKEN);
  const reasons: readonly Reason[] = ctx.result?.cancellationReasons ?? [];
  ctx.stash.wasTried = true;
  ctx.stash.chosen = chosen.filter((_: MemoSummary, index: number) => isFine(reasons[index]));
  return 0;
}

interface Reason {
  readonly type?: string;
}

const isFine = (reason: Reason | undefined): boolean => reason?.type === 'None';

const OVERTAKEN: Problem = {
  code: 'CONFLICT',
  message:
    'Others were changing the trash at the same time, nothing was purged. Send the request again.',
};

/** The longest untouched, as many as one transaction takes. */
function choose({ stash }: Context): readonly MemoSummary[] {
  const shown = longestUntouched(stash.trashed, expiredSince(stash.now));
  return cutToBytes({ shown, end: null, hasNextPage: false }, BODY_BYTES_MAX).shown;
}
