import type { Viewer } from '#domain/viewer/viewer.ts';
import { changeMemo } from './changeMemo.ts';
import type { Memo } from './memo.ts';
import type { MemoPorts } from './memoPorts.ts';

/** Puts a memo into the trash; one that is there stays as it is. @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, CONFLICT */
export function trashMemo(ports: MemoPorts, viewer: Viewer | null, id: string): Promise<Memo> {
  return changeMemo(ports, viewer, { id, change: () => ({ state: 'TRASHED' }) });
}
