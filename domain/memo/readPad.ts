import type { Viewer } from '#domain/viewer/viewer.ts';
import { authorize, padNotFound } from './authorize.ts';
import { isPersonalPadOf, type Pad, padSeenAs, personalPad } from './pad.ts';
import type { PadReader } from './padStore.ts';

/** One pad of the viewer. The personal one costs no read. @throws UNAUTHENTICATED, NOT_FOUND */
export async function readPad(
  { pads }: { readonly pads: PadReader },
  viewer: Viewer | null,
  padId: string,
): Promise<Pad> {
  const role = await authorize(pads, viewer, padId, 'READ');
  if (isPersonalPadOf(viewer, padId)) return personalPad(padId);
  const pad = await pads.pad(padId);
  if (!pad) throw padNotFound();
  return padSeenAs(role, pad);
}
