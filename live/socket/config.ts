import { requireVariable } from '#aws/environment.ts';

const environment = process.env;

/** What the socket's function is told by its environment beside push/config.ts. */
export const config = {
  /** TABLE_NAME: the memo table, for who is a member of what. */
  memoTableName: requireVariable(environment, 'TABLE_NAME'),
  /** ISSUER: the `iss` of access tokens. */
  issuer: requireVariable(environment, 'ISSUER'),
  /** JWKS_URL: where the issuer publishes its keys. */
  jwksUrl: requireVariable(environment, 'JWKS_URL'),
};
