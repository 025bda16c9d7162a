import type { Viewer } from '#domain/viewer/viewer.ts';
import { changeMemo } from './changeMemo.ts';
import type { Memo } from './memo.ts';
import type { MemoPorts } from './memoPorts.ts';

/** Makes a trashed memo ACTIVE; one that isn't in the trash stays as it is. @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, CONFLICT */
export function restoreMemo(ports: MemoPorts, viewer: Viewer | null, id: string): Promise<Memo> {
  return changeMemo(ports, viewer, {
    id,
    change: ({ state }) => ({ state: state === 'TRASHED' ? 'ACTIVE' : state }),
  });
}
