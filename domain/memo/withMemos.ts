import type { Change } from './change.ts';
import { PAGE_BODY_BYTES_MAX } from './limits.ts';
import type { Memo } from './memo.ts';
import { readMemoId } from './memoId.ts';
import type { ReadChangesPorts } from './readChanges.ts';
import { livingMemo } from './trash.ts';

/** Memos read at once: as nobody knows yet how large they are, ten of the largest are 3 MB. */
const MEMOS_AT_ONCE = 10;

type Ports = Pick<ReadChangesPorts, 'memos' | 'clock'>;

/** Puts to each change the memo as it is now, and ends before their bodies exceed 1 MB; the first change is always in it. */
export async function withMemos<Told extends Change>(
  ports: Ports,
  padId: string,
  changes: readonly Told[],
  afterBodies: (bytes: number) => void = () => undefined,
): Promise<(Told & { readonly memo: Memo | null })[]> {
  const known = new Map<string, Memo | null>();
  const shown: (Told & { readonly memo: Memo | null })[] = [];
  let bytes = 0;
  for (const [index, change] of changes.entries()) {
    const ulid = ulidOf(change);
    if (ulid !== null && !known.has(ulid)) await know(ports, padId, changes.slice(index), known);
    const memo = ulid === null ? null : (known.get(ulid) ?? null);
    bytes += memo?.bodyBytes ?? 0;
    if (shown.length > 0 && bytes > PAGE_BODY_BYTES_MAX) break;
    shown.push({ ...change, memo });
  }
  afterBodies(bytes);
  return shown;
}

/** Reads the memos of the next changes; null for those that are purged. */
async function know(
  { memos, clock }: Ports,
  padId: string,
  changes: readonly Change[],
  known: Map<string, Memo | null>,
): Promise<void> {
  const all = new Set(changes.flatMap((change) => ulidOf(change) ?? []));
  const wanted = [...all].filter((ulid) => !known.has(ulid)).slice(0, MEMOS_AT_ONCE);
  const read = await memos.readMany(wanted.map((ulid) => ({ padId, ulid })));
  for (const [index, ulid] of wanted.entries()) {
    known.set(ulid, livingMemo(read[index] ?? null, clock()));
  }
}

/** Null for what has no memo any more, or never had one. */
function ulidOf({ kind, memoId }: Change): string | null {
  if (memoId === null || kind === 'DELETED') return null;
  return readMemoId(memoId)?.ulid ?? null;
}
