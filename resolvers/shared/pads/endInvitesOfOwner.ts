import { type Context, type DynamoDBQueryRequest, runtime } from '@aws-appsync/utils';
import { lastOwnerProblem } from '#domain/memo/pad.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';
import { changeOf, padOfChange, roleOfChange } from './change.ts';
import { askForInvites, noteInvites } from './madeInvites.ts';

/**
 * The step of setRole that reads which invites end with an OWNER's role; for anybody else there are none.
 * A role that stays as it is ends the pipeline. Ends with BAD_USER_INPUT for the last OWNER.
 */
export function request(ctx: Context): DynamoDBQueryRequest {
  const { role: newRole } = ctx.args;
  const role = roleOfChange(ctx);
  const isOwn = changeOf(ctx).userId === accessOf(ctx).viewerId;
  if (isOwn && newRole !== 'OWNER') {
    refuseIf(lastOwnerProblem(padOfChange(ctx), role, 'step down'));
  }
  if (role === newRole) return runtime.earlyReturn(null, { skipTo: 'END' });
  return role === 'OWNER' ? askForInvites(ctx) : runtime.earlyReturn(null);
}

export function response(ctx: Context): unknown {
  return noteInvites(ctx);
}
