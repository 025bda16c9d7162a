import { MemopadError } from '#domain/errors.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { decideAccess, type PadAction, ROLE_NEEDED } from './access.ts';
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
  const decision = decideAccess(userId, padId, role, action);
  if (decision === 'ALLOWED_MEMBER' && role) return role;
  throw decision === 'DENIED_ROLE' && role ? forbidden(role, action) : padNotFound();
}

/** One answer for a pad that isn't there, that is deleted and that the viewer is no member of. */
export function padNotFound(): MemopadError {
  return new MemopadError('NOT_FOUND', 'Expected the id of a pad the viewer is a member of.');
}

function forbidden(role: PadRole, action: PadAction): MemopadError {
  const needed = ROLE_NEEDED[action];
  return new MemopadError(
    'FORBIDDEN',
    `Expected at least the role ${needed} in this pad, the viewer's role is ${role}.`,
  );
}
