import { type Context, type DynamoDBBatchGetItemRequest, runtime } from '@aws-appsync/utils';
import { noteRows, publicationOf, rowsForMessage } from '#resolvers/shared/changes/publication.ts';
import { foundOf } from '#resolvers/shared/changes/rows.ts';
import { readRows } from '#resolvers/shared/rows.ts';

/** Reads the memos as they are now and the pads, by one batch. */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  if (publicationOf(ctx).bare) return runtime.earlyReturn(null);
  return readRows(ctx, rowsForMessage(ctx).keys);
}

export function response(ctx: Context): unknown {
  noteRows(ctx, foundOf(ctx));
  return null;
}
