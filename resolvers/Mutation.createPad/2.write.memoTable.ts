import type { Context, DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import { PAD_OVERTAKEN, padSeenAs } from '#domain/memo/pad.ts';
import { padSource } from '#resolvers/shared/pad.ts';
import { refuse } from '#resolvers/shared/refuse.ts';
import { hasWritten, transactRows } from '#resolvers/shared/rows.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';
import { creatingPad } from '#table/memo/padActions.ts';

/** The step that writes the pad and its first member. */
export function request(ctx: Context): DynamoDBTransactWriteItemsRequest {
  return transactRows(ctx, creatingPad(ctx.stash.pad, viewerId(ctx)));
}

export function response(ctx: Context): unknown {
  if (!hasWritten(ctx)) refuse(PAD_OVERTAKEN);
  return padSource(padSeenAs('OWNER', ctx.stash.pad), viewerId(ctx));
}
