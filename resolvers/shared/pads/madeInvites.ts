/** The open invites that a member has made: they end in the very write by which the member stops being an OWNER. */
import type { Context, DynamoDBQueryRequest } from '@aws-appsync/utils';
import { isOpenAt, madeBy } from '#domain/memo/invite.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { nowText } from '#resolvers/shared/now.ts';
import { queriedRows, queryRows } from '#resolvers/shared/rows.ts';
import { INVITE_PREFIX } from '#table/keys.ts';
import { readInviteRow } from '#table/memo/padRow.ts';
import { changeOf, noteChange } from './change.ts';

export function askForInvites(ctx: Context): DynamoDBQueryRequest {
  return queryRows(accessOf(ctx).padId, INVITE_PREFIX);
}

export function noteInvites(ctx: Context): unknown {
  const now = nowText();
  const invites = queriedRows(ctx).map((row) => readInviteRow(row));
  const open = invites.filter((invite) => isOpenAt(now, invite));
  // Requests at the same time may have made a few more than 50; a transaction has room for them.
  const inviteIds = madeBy(changeOf(ctx).userId, open).slice(0, ENDED_MAX);
  noteChange(ctx, { inviteIds });
  return null;
}

/** A transaction has 100 writes. */
const ENDED_MAX = 95;
