import { type Context, util } from '@aws-appsync/utils';
import { type PadRecord, padNameProblem } from '#domain/memo/pad.ts';
import { nowText } from '#resolvers/shared/now.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';

export function request(ctx: Context): object {
  viewerId(ctx);
  const { name } = ctx.args;
  refuseIf(padNameProblem(name));
  const id = util.autoUlid().toUpperCase();
  const pad: PadRecord = { id, name, createdAt: nowText(), memberCount: 1, ownerCount: 1 };
  ctx.stash.pad = pad;
  return {};
}

export function response(ctx: Context): unknown {
  return ctx.prev.result;
}
