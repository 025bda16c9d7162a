import { readCredentials, requireVariable } from '#aws/environment.ts';

/** What the memo function is told by its environment. */
export const config = {
  region: readCredentials(process.env).region,
  tableName: requireVariable(process.env, 'TABLE_NAME'),
  /** The `iss` of access tokens. */
  issuer: requireVariable(process.env, 'ISSUER'),
  /** Where the issuer publishes its keys. */
  jwksUrl: requireVariable(process.env, 'JWKS_URL'),
};
