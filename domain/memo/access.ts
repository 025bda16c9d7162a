/**
 * Who may do what in a pad: one pure rule for every door. Written in the APPSYNC_JS subset (no
 * regex, throw or classes), because both doors read this very file.
 */
import type { Problem } from '#domain/errors.ts';
import { SIGNED_OUT } from '#domain/viewer/accessClaims.ts';
import type { PadRole } from './role.ts';

/** READ the pad and its memos, WRITE memos, MANAGE the pad: its name, its members, its invites. */
export type PadAction = 'READ' | 'WRITE' | 'MANAGE';

export type AccessDecision =
  | 'ALLOWED_PERSONAL_PAD'
  | 'ALLOWED_MEMBER'
  | 'DENIED_SIGNED_OUT'
  | 'DENIED_NOT_MEMBER'
  | 'DENIED_ROLE';

/** The role it takes for an action; a higher one will do as well. */
export const ROLE_NEEDED: Readonly<Record<PadAction, PadRole>> = {
  READ: 'VIEWER',
  WRITE: 'EDITOR',
  MANAGE: 'OWNER',
};

const RANK: Readonly<Record<PadRole, number>> = { VIEWER: 1, EDITOR: 2, OWNER: 3 };

/**
 * Decides from the viewer's id (null: signed out) and the viewer's role in the pad (null: no member).
 * The personal pad's id is its owner's id, so there the role is not looked at and needs no read.
 */
export function decideAccess(
  viewerId: string | null,
  padId: string,
  role: PadRole | null,
  action: PadAction,
): AccessDecision {
  if (viewerId === null) return 'DENIED_SIGNED_OUT';
  if (viewerId === padId) return 'ALLOWED_PERSONAL_PAD';
  if (role === null) return 'DENIED_NOT_MEMBER';
  return RANK[role] >= RANK[ROLE_NEEDED[action]] ? 'ALLOWED_MEMBER' : 'DENIED_ROLE';
}

/** One answer for a pad that isn't there, that is deleted and that the viewer is no member of. */
export const PAD_NOT_FOUND: Problem = {
  code: 'NOT_FOUND',
  message: 'Expected the id of a pad the viewer is a member of.',
};

/** How a decision is told; null for one that allows the action. `role` is the one that it was made from. */
export function accessProblem(
  decision: AccessDecision,
  role: PadRole | null,
  action: PadAction,
): Problem | null {
  switch (decision) {
    case 'ALLOWED_PERSONAL_PAD':
    case 'ALLOWED_MEMBER':
      return null;
    case 'DENIED_SIGNED_OUT':
      return SIGNED_OUT;
    case 'DENIED_NOT_MEMBER':
      return PAD_NOT_FOUND;
    case 'DENIED_ROLE':
      return {
        code: 'FORBIDDEN',
        message: `Expected at least the role ${ROLE_NEEDED[action]} in this pad, the viewer's role is ${role}.`,
      };
  }
}
