import type { Context, LambdaRequest } from '@aws-appsync/utils';
import { AUTH_PAYLOAD_FIELDS, answerOfAuth, askAuth } from '#resolvers/shared/authService.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';

const DOCUMENT = `mutation ($currentPassword: String!, $newPassword: String!) { changePassword(currentPassword: $currentPassword, newPassword: $newPassword) { ${AUTH_PAYLOAD_FIELDS} } }`;

export function request(ctx: Context): LambdaRequest {
  viewerId(ctx);
  return askAuth(ctx, DOCUMENT, {
    currentPassword: ctx.args.currentPassword,
    newPassword: ctx.args.newPassword,
  });
}

export function response(ctx: Context): unknown {
  return answerOfAuth(ctx);
}
