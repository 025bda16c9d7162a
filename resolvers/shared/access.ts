import type { Context } from '@aws-appsync/utils';
import type { Problem } from '#domain/errors.ts';
import { PAD_NOT_FOUND, type PadAction } from '#domain/memo/access.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { viewerId } from './viewer.ts';

/** What a pipeline's `stash` holds of who may do what, from its `resolver.ts` on. */
export interface Access {
  readonly viewerId: string;
  readonly padId: string;
  readonly action: PadAction;
  /** The viewer's role in the pad: OWNER in their personal one, elsewhere null until `checkRole` has read it. */
  readonly role: PadRole | null;
  /** How a pad that the viewer may not read is told: as a pad, or as the memo that was asked for. */
  readonly notFound: Problem;
}

/**
 * For the `request` of a pipeline's `resolver.ts`: tells the step `checkRole` what to check.
 * `padId` null is the viewer's personal pad. Ends with UNAUTHENTICATED.
 */
export function needRole(
  ctx: Context,
  padId: string | null,
  action: PadAction,
  notFound: Problem = PAD_NOT_FOUND,
): void {
  const viewer = viewerId(ctx);
  const pad = padId ?? viewer;
  const role: PadRole | null = pad === viewer ? 'OWNER' : null;
  const access: Access = { viewerId: viewer, padId: pad, action, role, notFound };
  ctx.stash.access = access;
}

/** What `needRole` has noted and `checkRole` has found. */
export function accessOf(ctx: Context): Access {
  return ctx.stash.access;
}
