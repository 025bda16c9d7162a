import { type Context, type DynamoDBGetItemRequest, runtime, util } from '@aws-appsync/utils';
import { endBatch, isReset, needsHead, resetBatch } from '#domain/memo/changesPage.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { changesStashOf } from '#resolvers/shared/changes/page.ts';
import { refuseFailure } from '#resolvers/shared/refuse.ts';
import { readHeadRow } from '#table/live/changeRow.ts';
import { headKey, ONLY } from '#table/live/keys.ts';

/** Reads where the log ends, where what was found of it does not tell. */
export function request(ctx: Context): DynamoDBGetItemRequest {
  const { padId } = accessOf(ctx);
  const { since, found } = changesStashOf(ctx);
  if (since && !needsHead(found)) return runtime.earlyReturn(null);
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ PK: headKey(padId), SK: ONLY }),
    consistentRead: true,
  };
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  const { padId } = accessOf(ctx);
  const stash = changesStashOf(ctx);
  const { since, found } = stash;
  const head = readHeadRow(ctx.result);
  if (!since) stash.batch = endBatch(padId, head);
  else if (isReset(found, since, head)) stash.batch = resetBatch(padId, since, head);
  return null;
}
