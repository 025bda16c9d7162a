import { type Context, type DynamoDBGetItemRequest, runtime } from '@aws-appsync/utils';
import { personalPad } from '#domain/memo/pad.ts';
import { padSource, selectsPadRow } from '#resolvers/shared/pad.ts';
import { getPadRow, padOfRow } from '#resolvers/shared/padRow.ts';
import { isSignedIn, viewerId } from '#resolvers/shared/viewer.ts';

/** The pad of a memo that was not read with it: the personal one, and what a memo knows of any, costs no read. */
export function request(ctx: Context): DynamoDBGetItemRequest {
  const { padId, padRole: role, pad } = ctx.source ?? {};
  if (pad) return runtime.earlyReturn(pad);
  if (isSignedIn(ctx) && viewerId(ctx) === padId) {
    return runtime.earlyReturn(padSource(personalPad(padId), padId));
  }
  return selectsPadRow(ctx)
    ? getPadRow(padId)
    : runtime.earlyReturn({ id: padId, role, personal: false });
}

export function response(ctx: Context): unknown {
  const { padId, padRole } = ctx.source ?? {};
  return padOfRow(ctx, padId, padRole ?? null);
}
