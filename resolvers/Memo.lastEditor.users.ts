import type { Context, LambdaRequest } from '@aws-appsync/utils';
import { answerWithUser, askForUser } from '#resolvers/shared/user.ts';

export function request(ctx: Context): LambdaRequest {
  return askForUser(ctx, ctx.source?.lastEditorId, ctx.source?.lastEditor);
}

export function response(ctx: Context): unknown {
  return answerWithUser(ctx);
}
