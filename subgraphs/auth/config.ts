import { readCredentials, requireVariable } from '#aws/environment.ts';

/** What the auth functions are told by their environment. */
export const config = {
  ...readCredentials(process.env),
  tableName: requireVariable(process.env, 'TABLE_NAME'),
  /** The `iss` of access tokens: the origin of the auth HTTP API. */
  issuer: requireVariable(process.env, 'ISSUER'),
  signingKeyArn: requireVariable(process.env, 'SIGNING_KEY_ARN'),
  kmsEndpoint: process.env.AWS_ENDPOINT_URL_KMS ?? process.env.AWS_ENDPOINT_URL,
};
