import { decideAccess } from './access.ts';
import { padNotFound } from './authorize.ts';
import { type Pad, padSeenAs, personalPad } from './pad.ts';
import type { PadReader } from './padStore.ts';

/** Which pad's changes the live service reads. */
interface PadWatch {
  readonly padId: string;
}

/**
 * A pad that a change names, as the live service may see it: the watched pad itself and, when that is
 * a personal pad, those its owner is a member of. The role in it is nobody's. @throws NOT_FOUND
 */
export async function readWatchedPad(pads: PadReader, watch: PadWatch, id: string): Promise<Pad> {
  const record = await pads.pad(id);
  if (id === watch.padId) return record ? padSeenAs('VIEWER', record) : personalPad(id);
  // A personal pad's id is its owner's; a shared one's is nobody's, so nobody is found.
  const role = await pads.role(id, watch.padId);
  const decision = decideAccess(watch.padId, id, role, 'READ');
  if (!record || decision !== 'ALLOWED_MEMBER') throw padNotFound();
  return padSeenAs('VIEWER', record);
}

/** A personal pad is never written. */
export async function isWatchedPersonalPad(
  pads: PadReader,
  watch: PadWatch,
  id: string,
): Promise<boolean> {
  return id === watch.padId && (await pads.pad(id)) === null;
}
