import { type Context, type DynamoDBDeleteItemRequest, util } from '@aws-appsync/utils';
import { accessOf } from '#resolvers/shared/access.ts';
import { refuseFailure } from '#resolvers/shared/refuse.ts';
import { inviteRowKey } from '#table/memo/padRow.ts';

/** Without a condition: an invite that somebody else has just revoked is revoked. */
export function request(ctx: Context): DynamoDBDeleteItemRequest {
  const key = inviteRowKey(accessOf(ctx).padId, ctx.args.id);
  return { operation: 'DeleteItem', key: util.dynamodb.toMapValues({ ...key }) };
}

export function response(ctx: Context): boolean {
  refuseFailure(ctx);
  return true;
}
