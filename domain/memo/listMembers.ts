import type { Viewer } from '#domain/viewer/viewer.ts';
import { authorize, type Members } from './authorize.ts';
import { isPersonalPadOf, type PadMember, personalPad } from './pad.ts';
import { longestFirst } from './padOrder.ts';
import type { PadStore } from './padStore.ts';

export interface ListMembersPorts {
  readonly members: Members;
  readonly pads: Pick<PadStore, 'listMembers'>;
}

/** Everyone in a pad, the longest member first. For any member. @throws UNAUTHENTICATED, NOT_FOUND */
export async function listMembers(
  { members, pads }: ListMembersPorts,
  viewer: Viewer | null,
  padId: string,
): Promise<PadMember[]> {
  const role = await authorize(members, viewer, padId, 'READ');
  if (isPersonalPadOf(viewer, padId)) {
    return [{ userId: padId, role, since: personalPad(padId).createdAt }];
  }
  return longestFirst(await pads.listMembers(padId));
}
