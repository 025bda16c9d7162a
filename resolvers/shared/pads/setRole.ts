import type { Context, DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import { accessOf } from '#resolvers/shared/access.ts';
import { transactRows } from '#resolvers/shared/rows.ts';
import { changingRole } from '#table/memo/padActions.ts';
import { changeOf, noteWritten, roleOfChange } from './change.ts';

/** The step that gives a member another role. */
export function request(ctx: Context): DynamoDBTransactWriteItemsRequest {
  const { userId, inviteIds } = changeOf(ctx);
  const { padId } = accessOf(ctx);
  return transactRows(
    ctx,
    changingRole({ padId, userId }, roleOfChange(ctx), ctx.args.role, inviteIds),
  );
}

export function response(ctx: Context): unknown {
  return noteWritten(ctx);
}
