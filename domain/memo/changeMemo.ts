import type { Viewer } from '#domain/viewer/viewer.ts';
import type { Memo, MemoContent } from './memo.ts';
import { memoNotFound, versionConflict } from './memoErrors.ts';
import type { MemoPorts } from './memoPorts.ts';
import { differs, nextVersion } from './nextVersion.ts';
import { openMemo } from './openMemo.ts';
import { livingMemo } from './trash.ts';

const MAX_TRIES = 3;

export interface MemoChange {
  readonly id: string;
  /** The version the change was made against; left out or null: the change wins over whatever is there. */
  readonly expectedVersion?: number | null | undefined;
  /** The fields to set, from the memo as it is. */
  readonly change: (memo: Memo) => Partial<MemoContent>;
}

/**
 * Reads a memo, changes it and writes it if nobody else did meanwhile; otherwise, unless a version is
 * expected, does all of it again after a pause, at most 3 times. A change that changes nothing writes nothing.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, CONFLICT with the memo as it is, and what `change` throws.
 */
export async function changeMemo(
  { memos, members, clock, pause }: MemoPorts,
  viewer: Viewer | null,
  { id, expectedVersion = null, change }: MemoChange,
): Promise<Memo> {
  const { padId, ulid, userId } = await openMemo(members, viewer, id, 'WRITE');
  for (let tries = 1; ; tries += 1) {
    const memo = requireLiving(await memos.read({ padId, ulid }), clock());
    if (expectedVersion !== null && memo.version !== expectedVersion) {
      throw versionConflict(memo, expectedVersion);
    }
    const content = change(memo);
    if (!differs(memo, content)) return memo;
    const changed = nextVersion(memo, content, userId, clock());
    const result = await memos.replace(changed, memo.version);
    if (result.outcome === 'WRITTEN') return changed;
    if (expectedVersion !== null || tries === MAX_TRIES) {
      throw versionConflict(requireLiving(result.memo, clock()), expectedVersion);
    }
    await pause(tries);
  }
}

function requireLiving(memo: Memo | null, epochMs: number): Memo {
  const living = livingMemo(memo, epochMs);
  if (living) return living;
  throw memoNotFound();
}
