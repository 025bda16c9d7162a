import type { Context, DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import { accessOf } from '#resolvers/shared/access.ts';
import { nowText } from '#resolvers/shared/now.ts';
import { transactRows } from '#resolvers/shared/rows.ts';
import { deletingPad } from '#table/memo/padActions.ts';
import { noteWritten } from './change.ts';

/** The step that removes the members that were read and leaves a tombstone of the pad. */
export function request(ctx: Context): DynamoDBTransactWriteItemsRequest {
  return transactRows(ctx, deletingPad(accessOf(ctx).padId, ctx.stash.members, nowText()));
}

export function response(ctx: Context): unknown {
  return noteWritten(ctx);
}
