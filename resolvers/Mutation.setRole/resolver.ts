import type { Context } from '@aws-appsync/utils';
import { accessOf } from '#resolvers/shared/access.ts';
import type { PadSource } from '#resolvers/shared/pad.ts';
import {
  answerWithPad,
  beginChange,
  changeOf,
  refuseOvertaken,
} from '#resolvers/shared/pads/change.ts';

export function request(ctx: Context): object {
  beginChange(ctx, ctx.args.padId, 'MANAGE', 'shared');
  return {};
}

/** Whoever changes their own role sees the pad in the new one. */
export function response(ctx: Context): PadSource {
  const { userId, role: newRole } = ctx.args;
  if (changeOf(ctx).role !== newRole) refuseOvertaken(ctx);
  return userId === accessOf(ctx).viewerId ? answerWithPad(ctx, newRole) : answerWithPad(ctx);
}
