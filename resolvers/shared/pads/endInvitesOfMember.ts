import type { Context, DynamoDBQueryRequest } from '@aws-appsync/utils';
import { lastOwnerProblem } from '#domain/memo/pad.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';
import { changeOf, padOfChange, roleOfChange } from './change.ts';
import { askForInvites, noteInvites } from './madeInvites.ts';

/** The step that reads which invites end with a membership. Ends with BAD_USER_INPUT for the last OWNER. */
export function request(ctx: Context): DynamoDBQueryRequest {
  const isOwn = changeOf(ctx).userId === accessOf(ctx).viewerId;
  const whatCannot = ctx.args.userId ? 'be removed' : 'leave';
  if (isOwn) refuseIf(lastOwnerProblem(padOfChange(ctx), roleOfChange(ctx), whatCannot));
  return askForInvites(ctx);
}

export function response(ctx: Context): unknown {
  return noteInvites(ctx);
}
