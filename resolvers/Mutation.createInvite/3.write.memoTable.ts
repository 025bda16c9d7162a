import { type Context, type DynamoDBPutItemRequest, util } from '@aws-appsync/utils';
import {
  createInviteSecret,
  hashInviteSecret,
  type InviteRecord,
  withoutHash,
} from '#domain/memo/invite.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { refuseFailure } from '#resolvers/shared/refuse.ts';
import { randomBytes } from '#resolvers/shared/secret.ts';
import { inviteAttributes, inviteRowKey } from '#table/memo/padRow.ts';

/** Writes the invite; its secret is told this once. */
export function request(ctx: Context): DynamoDBPutItemRequest {
  const { padId, viewerId: createdBy } = accessOf(ctx);
  const id = util.autoUlid().toUpperCase();
  const secret = createInviteSecret({ padId, inviteId: id }, randomBytes());
  const { expiresAt } = ctx.stash;
  const { role } = ctx.args;
  const secretHash = hashInviteSecret(secret);
  const invite: InviteRecord = { id, padId, role, expiresAt, createdBy, secretHash };
  ctx.stash.invite = { ...withoutHash(invite), secret, url: urlOf(ctx, secret) };
  return {
    operation: 'PutItem',
    key: util.dynamodb.toMapValues({ ...inviteRowKey(padId, id) }),
    attributeValues: util.dynamodb.toMapValues({ ...inviteAttributes(invite) }),
  };
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  return ctx.stash.invite;
}

/** The page that accepts the invite, where the API knows one. */
function urlOf({ env }: Context, secret: string): string | null {
  return env.INVITE_URL ? `${env.INVITE_URL}${secret}` : null;
}
