/**
 * A change as fields that answer with one return it. `MemoChange` has resolvers for `memo` and `pad` alone,
 * which read what whoever read the change did not.
 */
import type { Change } from '#domain/memo/change.ts';
import type { PadRole } from '#domain/memo/role.ts';
import type { MemoSource } from '#resolvers/shared/memo.ts';
import type { PadSource } from '#resolvers/shared/pad.ts';

export interface ChangeSource extends Omit<Change, 'padId'> {
  /** The pad that the change is about; a change's own `padId` names the log it is in, which the batch tells. */
  readonly padId: string | null;
  /** The viewer's role in the pad whose log it is. */
  readonly padRole: PadRole | null;
  /** Missing where memos were not read. */
  readonly memo?: MemoSource | null;
  /** Missing where the pad was not read, or the viewer may not read it. */
  readonly pad?: PadSource | null;
}

export function changeSource(change: Change, padRole: PadRole | null): ChangeSource {
  const { seq, kind, memoId, aboutPadId, version, truncated } = change;
  return { seq, kind, memoId, aboutPadId, padId: aboutPadId, version, truncated, padRole };
}
