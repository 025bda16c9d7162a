import type { Context, LambdaRequest } from '@aws-appsync/utils';
import { AUTH_PAYLOAD_FIELDS, answerOfAuth, askAuth } from '#resolvers/shared/authService.ts';

const DOCUMENT = `mutation ($input: SignUpInput!) { signUp(input: $input) { ${AUTH_PAYLOAD_FIELDS} } }`;

export function request(ctx: Context): LambdaRequest {
  return askAuth(ctx, DOCUMENT, { input: ctx.args.input });
}

export function response(ctx: Context): unknown {
  return answerOfAuth(ctx);
}
