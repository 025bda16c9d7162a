import type { Context } from '@aws-appsync/utils';
import { personalPad } from '#domain/memo/pad.ts';
import { newestFirst } from '#domain/memo/padOrder.ts';
import { type PadSource, padSource } from '#resolvers/shared/pad.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';

export function request(ctx: Context): object {
  viewerId(ctx);
  ctx.stash.memberships = [];
  return {};
}

/** The personal pad, then the shared ones. There are steps for 300 pads: 200, and those that somebody quick may get. */
export function response(ctx: Context): PadSource[] {
  const userId = viewerId(ctx);
  const shared = newestFirst(ctx.stash.memberships).map(({ pad }) => padSource(pad, userId));
  return [padSource(personalPad(userId), userId), ...shared];
}
