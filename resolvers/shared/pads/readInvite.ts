import { type Context, type DynamoDBBatchGetItemRequest, runtime } from '@aws-appsync/utils';
import {
  INVITE_NOT_FOUND,
  type InviteRecord,
  isOpenAt,
  isSecretOf,
  parseInviteSecret,
} from '#domain/memo/invite.ts';
import { fullPadProblem, type PadRecord } from '#domain/memo/pad.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { nowText } from '#resolvers/shared/now.ts';
import { refuse, refuseIf } from '#resolvers/shared/refuse.ts';
import { foundRows, readRows, rowOf } from '#resolvers/shared/rows.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';
import {
  inviteRowKey,
  memberRowKey,
  padRowKey,
  readInviteRow,
  readPadRow,
  readRole,
} from '#table/memo/padRow.ts';

/** What the steps of acceptInvite have found; `role` is that of a member, old or new. */
export interface Accepting {
  readonly invite: InviteRecord;
  readonly pad: PadRecord;
  readonly role: PadRole | null;
}

/**
 * The step that reads an invite, its pad and what the viewer is in it. Ends with NOT_FOUND, in the same
 * words for all that is wrong with a secret, and with BAD_USER_INPUT for a full pad.
 */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  if (ctx.stash.accepting?.role) return runtime.earlyReturn(null, { skipTo: 'END' });
  const userId = viewerId(ctx);
  const ids = parseInviteSecret(ctx.args.secret);
  if (!ids) return refuse(INVITE_NOT_FOUND);
  const { padId, inviteId } = ids;
  const keys = [inviteRowKey(padId, inviteId), padRowKey(padId), memberRowKey({ padId, userId })];
  return readRows(ctx, keys);
}

export function response(ctx: Context): unknown {
  const rows = foundRows(ctx);
  const { secret } = ctx.args;
  const { padId, inviteId } = parseInviteSecret(secret) ?? refuse(INVITE_NOT_FOUND);
  const row = rowOf(rows, inviteRowKey(padId, inviteId)) ?? refuse(INVITE_NOT_FOUND);
  const invite = readInviteRow(row);
  if (!isOpenAt(nowText(), invite) || !isSecretOf(invite, secret)) refuse(INVITE_NOT_FOUND);
  const pad = readPadRow(rowOf(rows, padRowKey(padId))) ?? refuse(INVITE_NOT_FOUND);
  const role = readRole(rowOf(rows, memberRowKey({ padId, userId: viewerId(ctx) })));
  if (!role) refuseIf(fullPadProblem(pad));
  const accepting: Accepting = { invite, pad, role };
  ctx.stash.accepting = accepting;
  return null;
}
