import { decideAccess } from '#domain/memo/access.ts';
import type { Members } from '#domain/memo/authorize.ts';
import { isUlid } from '#domain/viewer/ulid.ts';

/** The rule by which every door lets somebody read a pad. */
export async function mayWatch(members: Members, userId: string, padId: string): Promise<boolean> {
  const isForeign = decideAccess(userId, padId, null, 'READ') !== 'ALLOWED_PERSONAL_PAD';
  const role = isForeign && isUlid(padId) ? await members.role(padId, userId) : null;
  const decision = decideAccess(userId, padId, role, 'READ');
  return decision === 'ALLOWED_PERSONAL_PAD' || decision === 'ALLOWED_MEMBER';
}
