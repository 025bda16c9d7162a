import type { Context } from '@aws-appsync/utils';
import type { PadSource } from '#resolvers/shared/pad.ts';
import { answerWithPad, beginChange, refuseOvertaken } from '#resolvers/shared/pads/change.ts';

export function request(ctx: Context): object {
  beginChange(ctx, ctx.args.padId, 'MANAGE', 'shared');
  return {};
}

/** An OWNER who has removed themselves is told of the pad for the last time. */
export function response(ctx: Context): PadSource {
  refuseOvertaken(ctx);
  return answerWithPad(ctx);
}
