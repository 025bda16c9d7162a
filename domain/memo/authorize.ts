import { type MemopadError, problemError, throwProblem } from '#domain/errors.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { accessProblem, decideAccess, PAD_NOT_FOUND, type PadAction } from './access.ts';
import type { PadRole } from './role.ts';

/** Where memberships are looked up: strongly consistent, null for no member (or no such pad). */
export interface Members {
  role(padId: string, userId: string): Promise<PadRole | null>;
}

/**
 * Tells the viewer's role in a pad in which the action is allowed. The personal pad costs no read,
 * any other the membership alone; an id that can't be a pad's costs none.
 *
 * @throws UNAUTHENTICATED for nobody, NOT_FOUND for a pad the viewer may not read, FORBIDDEN for
 * one where the viewer's role does not allow the action.
 */
export async function authorize(
  members: Members,
  viewer: Viewer | null,
  padId: string,
  action: PadAction,
): Promise<PadRole> {
  const { userId } = requireViewer(viewer);
  if (decideAccess(userId, padId, null, action) === 'ALLOWED_PERSONAL_PAD') return 'OWNER';
  const role = isUlid(padId) ? await members.role(padId, userId) : null;
  throwProblem(accessProblem(decideAccess(userId, padId, role, action), role, action));
  if (role === null) throw padNotFound();
  return role;
}

export function padNotFound(): MemopadError {
  return problemError(PAD_NOT_FOUND);
}
