import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { type Pad, personalPad } from './pad.ts';
import type { Membership, PadStore } from './padStore.ts';

/** The viewer's personal pad, then the shared ones, the newest membership first. @throws UNAUTHENTICATED */
export async function listPads(
  { pads }: { readonly pads: Pick<PadStore, 'memberships'> },
  viewer: Viewer | null,
): Promise<Pad[]> {
  const { userId } = requireViewer(viewer);
  const memberships = await pads.memberships(userId);
  const shared = [...memberships].sort(newestFirst).map(({ pad }) => pad);
  return [personalPad(userId), ...shared];
}

/** The ids, ULIDs, settle what happened in one millisecond. */
function newestFirst(one: Membership, other: Membership): number {
  const [oneTime, otherTime] = [one.since + one.pad.id, other.since + other.pad.id];
  return oneTime < otherTime ? 1 : -1;
}
