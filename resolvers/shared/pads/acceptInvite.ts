import type { Context, DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import { nowText } from '#resolvers/shared/now.ts';
import { hasWritten, transactRows } from '#resolvers/shared/rows.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';
import { acceptingInvite } from '#table/memo/padActions.ts';
import type { Accepting } from './readInvite.ts';

/** The step that makes the viewer a member. */
export function request(ctx: Context): DynamoDBTransactWriteItemsRequest {
  const { invite }: Accepting = ctx.stash.accepting;
  return transactRows(ctx, acceptingInvite({ invite, userId: viewerId(ctx), since: nowText() }));
}

export function response(ctx: Context): unknown {
  const accepting: Accepting = ctx.stash.accepting;
  const role = hasWritten(ctx) ? accepting.invite.role : null;
  ctx.stash.accepting = { ...accepting, role };
  return null;
}
