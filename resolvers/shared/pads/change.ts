/**
 * What the steps of a mutation of a pad tell each other. Each mutation reads, decides and writes on
 * condition that what was read still holds, at most twice: the second round is skipped when the first has
 * written, and decides anew, access included.
 */
import type { Context } from '@aws-appsync/utils';
import type { PadAction } from '#domain/memo/access.ts';
import { PAD_OVERTAKEN, type PadRecord, padSeenAs, personalPadProblem } from '#domain/memo/pad.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { accessOf, needRole } from '#resolvers/shared/access.ts';
import { type PadSource, padSource } from '#resolvers/shared/pad.ts';
import { refuse, refuseIf } from '#resolvers/shared/refuse.ts';
import { hasWritten } from '#resolvers/shared/rows.ts';

export interface PadChange {
  /** Whose membership is changed, if any is. */
  readonly userId: string;
  /** Null until it was read. */
  readonly pad: PadRecord | null;
  /** That user's role. */
  readonly role: PadRole | null;
  /** The open invites that the user has made. */
  readonly inviteIds: readonly string[];
  readonly isDone: boolean;
}

/**
 * For the `request` of the pipeline's `resolver.ts`. `whatCannotBe` says what a personal pad can't be.
 * Ends with UNAUTHENTICATED or BAD_USER_INPUT.
 */
export function beginChange(
  ctx: Context,
  padId: string,
  action: PadAction,
  whatCannotBe: string,
): void {
  needRole(ctx, padId, action);
  const { viewerId } = accessOf(ctx);
  refuseIf(personalPadProblem({ userId: viewerId }, padId, whatCannotBe));
  const userId: string = ctx.args.userId ?? viewerId;
  const change: PadChange = { userId, pad: null, role: null, inviteIds: [], isDone: false };
  ctx.stash.change = change;
}

export function changeOf(ctx: Context): PadChange {
  return ctx.stash.change;
}

export function noteChange(ctx: Context, found: Partial<PadChange>): void {
  ctx.stash.change = { ...changeOf(ctx), ...found };
}

/** For the `response` of the step that writes. */
export function noteWritten(ctx: Context): unknown {
  noteChange(ctx, { isDone: hasWritten(ctx) });
  return null;
}

/** For the `response` of the pipeline's `resolver.ts`: ends with CONFLICT when both rounds were overtaken. */
export function refuseOvertaken(ctx: Context): void {
  if (!changeOf(ctx).isDone) refuse(PAD_OVERTAKEN);
}

/** The pad that was read. */
export function padOfChange(ctx: Context): PadRecord {
  return changeOf(ctx).pad ?? refuse(PAD_OVERTAKEN);
}

/** The role that was read. */
export function roleOfChange(ctx: Context): PadRole {
  return changeOf(ctx).role ?? refuse(PAD_OVERTAKEN);
}

/** The pad as the viewer sees it, in their role or a new one. */
export function answerWithPad(ctx: Context, role?: PadRole): PadSource {
  const { viewerId, role: viewerRole } = accessOf(ctx);
  return padSource(padSeenAs(role ?? viewerRole ?? 'VIEWER', padOfChange(ctx)), viewerId);
}
