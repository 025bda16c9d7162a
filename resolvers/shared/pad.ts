/**
 * A pad as fields that answer with one return it. `Pad` has resolvers for `members`, `invites` and
 * `memos` alone: whatever else is selected must be here, so that nothing of a pad is read twice.
 */
import type { Context } from '@aws-appsync/utils';
import type { Pad } from '#domain/memo/pad.ts';
import { selectsOnly } from './selection.ts';

export interface PadSource extends Pad {
  readonly personal: boolean;
}

export function padSource({ id, name, createdAt, role }: Pad, viewerId: string): PadSource {
  return { id, name, createdAt, role, personal: id === viewerId };
}

/** Whether a field of type Pad may need more than a pad's id and the viewer's role: then the pad has to be read. */
export function selectsPadRow({ info }: Context): boolean {
  return !selectsOnly(info, WITHOUT_ROW);
}

const WITHOUT_ROW = ['id', 'personal', 'role', 'members', 'invites', 'memos', '__typename'];
