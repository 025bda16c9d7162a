import { readAws, requireVariable } from '#aws/environment.ts';

const environment = process.env;

/** What the memo function is told by its environment. AWS_ENDPOINT_URL, on a laptop, is read by the SDK itself. */
export const config = {
  ...readAws(environment),
  /** TABLE_NAME: the memo table. */
  tableName: requireVariable(environment, 'TABLE_NAME'),
  /** LIVE_TABLE_NAME: the live table. */
  liveTableName: requireVariable(environment, 'LIVE_TABLE_NAME'),
  /** ISSUER: the `iss` of access tokens. */
  issuer: requireVariable(environment, 'ISSUER'),
  /** JWKS_URL: where the issuer publishes its keys. */
  jwksUrl: requireVariable(environment, 'JWKS_URL'),
};
