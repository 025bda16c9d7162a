import { type Context, type DynamoDBGetItemRequest, runtime } from '@aws-appsync/utils';
import { personalPad } from '#domain/memo/pad.ts';
import { accessOf } from './access.ts';
import { pageStashOf } from './memoPage.ts';
import { padSource } from './pad.ts';
import { getPadRow, padOfRow } from './padRow.ts';
import { selectsPadRow } from './pageSelection.ts';

/** Reads the pad of a page's memos once for all of them, if more of it is selected than they know. */
export function request(ctx: Context): DynamoDBGetItemRequest {
  const { padId, viewerId } = accessOf(ctx);
  const stash = pageStashOf(ctx);
  if (padId === viewerId) {
    stash.pad = padSource(personalPad(padId), viewerId);
    return runtime.earlyReturn(null);
  }
  const isNeeded = stash.cut.shown.length > 0 && selectsPadRow(ctx.info);
  return isNeeded ? getPadRow(padId) : runtime.earlyReturn(null);
}

export function response(ctx: Context): unknown {
  const { padId, role } = accessOf(ctx);
  pageStashOf(ctx).pad = padOfRow(ctx, padId, role);
  return null;
}
