import type { Context, LambdaRequest } from '@aws-appsync/utils';
import { answerOfAuth, askAuth } from '#resolvers/shared/authService.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';

const DOCUMENT = 'mutation ($id: ID!) { revokeSession(id: $id) }';

export function request(ctx: Context): LambdaRequest {
  viewerId(ctx);
  return askAuth(ctx, DOCUMENT, { id: ctx.args.id });
}

export function response(ctx: Context): unknown {
  return answerOfAuth(ctx);
}
