import type { Context, LambdaRequest } from '@aws-appsync/utils';
import { AUTH_PAYLOAD_FIELDS, answerOfAuth, askAuth } from '#resolvers/shared/authService.ts';

const DOCUMENT = `mutation ($refreshToken: String) { refreshSession(refreshToken: $refreshToken) { ${AUTH_PAYLOAD_FIELDS} } }`;

export function request(ctx: Context): LambdaRequest {
  return askAuth(ctx, DOCUMENT, { refreshToken: ctx.args.refreshToken });
}

export function response(ctx: Context): unknown {
  return answerOfAuth(ctx);
}
