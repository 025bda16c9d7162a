import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { type Pad, personalPad } from './pad.ts';
import { newestFirst } from './padOrder.ts';
import type { PadStore } from './padStore.ts';

/** The viewer's personal pad, then the shared ones, the newest membership first. @throws UNAUTHENTICATED */
export async function listPads(
  { pads }: { readonly pads: Pick<PadStore, 'memberships'> },
  viewer: Viewer | null,
): Promise<Pad[]> {
  const { userId } = requireViewer(viewer);
  const memberships = await pads.memberships(userId);
  const shared = newestFirst(memberships).map(({ pad }) => pad);
  return [personalPad(userId), ...shared];
}
