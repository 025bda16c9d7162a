import { readAws, readEndpoint, requireVariable } from '#aws/environment.ts';

const environment = process.env;

/** What the gateway's function is told by its environment. */
export const config = {
  ...readAws(environment),
  /** AUTH_FUNCTION, MEMO_FUNCTION: the names of the functions that are the subgraphs. */
  authFunction: requireVariable(environment, 'AUTH_FUNCTION'),
  memoFunction: requireVariable(environment, 'MEMO_FUNCTION'),
  /** ISSUER: the `iss` of access tokens. */
  issuer: requireVariable(environment, 'ISSUER'),
  /** JWKS_URL: where the issuer publishes its keys. */
  jwksUrl: requireVariable(environment, 'JWKS_URL'),
  /** INTROSPECTION: `on` when clients may read the schema. */
  introspection: requireVariable(environment, 'INTROSPECTION') === 'on',
  /** ALLOWED_ORIGINS: whose pages may use the API, with commas between them; `*` is every page. */
  allowedOrigins: requireVariable(environment, 'ALLOWED_ORIGINS').split(','),
  /** AWS_ENDPOINT_URL_LAMBDA or AWS_ENDPOINT_URL, on a laptop. */
  lambdaEndpoint: readEndpoint(environment, 'LAMBDA'),
  /** _X_AMZN_TRACE_ID: Lambda sets it anew for every request. */
  traceId: () => process.env._X_AMZN_TRACE_ID,
};
