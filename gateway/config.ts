import { readCredentials, requireVariable } from '#aws/environment.ts';

/** What the gateway's function is told by its environment. */
export const config = {
  ...readCredentials(process.env),
  authFunction: requireVariable(process.env, 'AUTH_FUNCTION'),
  memoFunction: requireVariable(process.env, 'MEMO_FUNCTION'),
  /** The `iss` of access tokens. */
  issuer: requireVariable(process.env, 'ISSUER'),
  /** Where the issuer publishes its keys. */
  jwksUrl: requireVariable(process.env, 'JWKS_URL'),
  introspection: requireVariable(process.env, 'INTROSPECTION') === 'on',
  lambdaEndpoint: process.env.AWS_ENDPOINT_URL_LAMBDA ?? process.env.AWS_ENDPOINT_URL,
};
