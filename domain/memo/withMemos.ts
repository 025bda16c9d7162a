import type { Change } from './change.ts';
import { type Fitted, fitMemos, MEMOS_AT_ONCE, memoUlidsOf } from './changesPage.ts';
import type { Memo } from './memo.ts';
import type { ReadChangesPorts } from './readChanges.ts';
import { livingMemo } from './trash.ts';

type Ports = Pick<ReadChangesPorts, 'memos' | 'clock'>;

/** Puts to each change the memo as it is now, and ends before their bodies exceed 1 MB; the first change is always in it. */
export async function withMemos<Told extends Change>(
  ports: Ports,
  padId: string,
  changes: readonly Told[],
  afterBodies: (bytes: number) => void = () => undefined,
): Promise<Fitted<Told>['shown']> {
  const known: Record<string, Memo | null> = {};
  let fitted = fitMemos(changes, known);
  while (fitted.end === 'UNKNOWN') {
    await know(ports, padId, changes.slice(fitted.shown.length), known);
    fitted = fitMemos(changes, known);
  }
  afterBodies(fitted.bytes);
  return fitted.shown;
}

/** Reads the memos of the next changes; null for those that are purged. */
async function know(
  { memos, clock }: Ports,
  padId: string,
  changes: readonly Change[],
  known: Record<string, Memo | null>,
): Promise<void> {
  const unknown = memoUlidsOf(changes).filter((ulid) => known[ulid] === undefined);
  const wanted = unknown.slice(0, MEMOS_AT_ONCE);
  const read = await memos.readMany(wanted.map((ulid) => ({ padId, ulid })));
  for (const [index, ulid] of wanted.entries()) {
    known[ulid] = livingMemo(read[index] ?? null, clock());
  }
}
