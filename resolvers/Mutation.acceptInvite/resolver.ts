import type { Context } from '@aws-appsync/utils';
import { PAD_OVERTAKEN, padSeenAs } from '#domain/memo/pad.ts';
import { type PadSource, padSource } from '#resolvers/shared/pad.ts';
import type { Accepting } from '#resolvers/shared/pads/readInvite.ts';
import { refuse } from '#resolvers/shared/refuse.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';

export function request(ctx: Context): object {
  viewerId(ctx);
  return {};
}

export function response(ctx: Context): PadSource {
  const { pad, role }: Accepting = ctx.stash.accepting;
  return role ? padSource(padSeenAs(role, pad), viewerId(ctx)) : refuse(PAD_OVERTAKEN);
}
