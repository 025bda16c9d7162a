import { readCredentials, requireCount, requireVariable } from '#aws/environment.ts';

/** What the auth functions are told by their environment. */
export const config = {
  ...readCredentials(process.env),
  tableName: requireVariable(process.env, 'TABLE_NAME'),
  /** The `iss` of access tokens: the origin of the auth HTTP API. */
  issuer: requireVariable(process.env, 'ISSUER'),
  signingKeyArn: requireVariable(process.env, 'SIGNING_KEY_ARN'),
  /** How many accounts one address may make in an hour before it has to wait. */
  signUpsPerHour: requireCount(process.env, 'SIGN_UPS_PER_HOUR'),
  /** How many wrong passwords one address may try in an hour before it has to wait. */
  wrongPasswordsPerHour: requireCount(process.env, 'WRONG_PASSWORDS_PER_HOUR'),
  kmsEndpoint: process.env.AWS_ENDPOINT_URL_KMS ?? process.env.AWS_ENDPOINT_URL,
};
