import { type Context, type DynamoDBGetItemRequest, util } from '@aws-appsync/utils';
import { isOpenAt, OPEN_INVITE_NOT_FOUND } from '#domain/memo/invite.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { nowText } from '#resolvers/shared/now.ts';
import { refuse, refuseFailure } from '#resolvers/shared/refuse.ts';
import { inviteRowKey, readInviteRow } from '#table/memo/padRow.ts';

/** Ends with NOT_FOUND for an invite that isn't open. */
export function request(ctx: Context): DynamoDBGetItemRequest {
  const { id } = ctx.args;
  if (!isUlid(id)) return refuse(OPEN_INVITE_NOT_FOUND);
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ ...inviteRowKey(accessOf(ctx).padId, id) }),
    consistentRead: true,
  };
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  const invite = ctx.result ? readInviteRow(ctx.result) : null;
  if (!invite || !isOpenAt(nowText(), invite)) refuse(OPEN_INVITE_NOT_FOUND);
  return null;
}
