import type { Context } from '@aws-appsync/utils';
import type { PadSource } from '#resolvers/shared/pad.ts';
import {
  answerWithPad,
  beginChange,
  padOfChange,
  refuseOvertaken,
} from '#resolvers/shared/pads/change.ts';

export function request(ctx: Context): object {
  beginChange(ctx, ctx.args.id, 'MANAGE', 'renamed');
  return {};
}

export function response(ctx: Context): PadSource {
  const { name } = ctx.args;
  if (padOfChange(ctx).name !== name) refuseOvertaken(ctx);
  return { ...answerWithPad(ctx), name };
}
