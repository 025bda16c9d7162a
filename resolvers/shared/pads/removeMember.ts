import type { Context, DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import { accessOf } from '#resolvers/shared/access.ts';
import { transactRows } from '#resolvers/shared/rows.ts';
import { removingMember } from '#table/memo/padActions.ts';
import { changeOf, noteWritten, roleOfChange } from './change.ts';

/** The step that takes a member out. */
export function request(ctx: Context): DynamoDBTransactWriteItemsRequest {
  const { userId, inviteIds } = changeOf(ctx);
  const { padId } = accessOf(ctx);
  return transactRows(ctx, removingMember({ padId, userId }, roleOfChange(ctx), inviteIds));
}

export function response(ctx: Context): unknown {
  return noteWritten(ctx);
}
