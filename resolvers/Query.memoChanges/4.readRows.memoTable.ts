import { type Context, type DynamoDBBatchGetItemRequest, runtime } from '@aws-appsync/utils';
import { changesStashOf, rowsForPage } from '#resolvers/shared/changes/page.ts';
import { foundOf } from '#resolvers/shared/changes/rows.ts';
import { readRows } from '#resolvers/shared/rows.ts';

/** Reads the memos and the pads that the page's changes are told with, by one batch. */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  const { batch, since } = changesStashOf(ctx);
  if (batch || !since) return runtime.earlyReturn(null);
  const { keys } = rowsForPage(ctx);
  return keys.length > 0 ? readRows(ctx, keys) : runtime.earlyReturn(null);
}

export function response(ctx: Context): unknown {
  changesStashOf(ctx).rows = foundOf(ctx);
  return null;
}
