import { type MemopadError, problemError } from '#domain/errors.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { padNotFound } from './authorize.ts';
import { MEMBER_NOT_FOUND, type PadRecord } from './pad.ts';
import type { MembershipKey, PadStore } from './padStore.ts';
import type { PadRole } from './role.ts';

/** A pad and the role of one of its members. @throws NOT_FOUND when either isn't there. */
export async function readMember(
  pads: Pick<PadStore, 'pad' | 'role'>,
  { padId, userId }: MembershipKey,
): Promise<{ readonly pad: PadRecord; readonly role: PadRole }> {
  if (!isUlid(userId)) throw memberNotFound();
  const [pad, role] = await Promise.all([pads.pad(padId), pads.role(padId, userId)]);
  if (!pad) throw padNotFound();
  if (!role) throw memberNotFound();
  return { pad, role };
}

function memberNotFound(): MemopadError {
  return problemError(MEMBER_NOT_FOUND);
}
