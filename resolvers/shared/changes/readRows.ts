import { type Context, type DynamoDBBatchGetItemRequest, runtime } from '@aws-appsync/utils';
import { readRows } from '#resolvers/shared/rows.ts';
import { changesStashOf, noteRows, rowsForPage } from './page.ts';
import { foundOf } from './rows.ts';

/**
 * The step, twice in its pipeline, that reads the memos and the pads that the page's changes are told with,
 * by one batch. What was read first says how large memos are here, and so how many more fit into the page.
 */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  const { batch, since } = changesStashOf(ctx);
  if (batch || !since) return runtime.earlyReturn(null);
  const keys = rowsForPage(ctx);
  return keys.length > 0 ? readRows(ctx, keys) : runtime.earlyReturn(null);
}

export function response(ctx: Context): unknown {
  noteRows(ctx, foundOf(ctx));
  return null;
}
