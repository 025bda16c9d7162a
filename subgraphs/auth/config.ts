import { readAws, readEndpoint, requireCount, requireVariable } from '#aws/environment.ts';

const environment = process.env;

/** What the auth functions are told by their environment. AWS_ENDPOINT_URL, on a laptop, is read by the SDK itself. */
export const config = {
  ...readAws(environment),
  /** TABLE_NAME: the auth table. */
  tableName: requireVariable(environment, 'TABLE_NAME'),
  /** ISSUER: the `iss` of access tokens, the origin of the auth HTTP API. */
  issuer: requireVariable(environment, 'ISSUER'),
  /** SIGNING_KEY_ARN: the KMS key that signs access tokens. */
  signingKeyArn: requireVariable(environment, 'SIGNING_KEY_ARN'),
  /** SIGN_UPS_PER_HOUR: how many accounts one address may make in an hour before it has to wait. */
  signUpsPerHour: requireCount(environment, 'SIGN_UPS_PER_HOUR'),
  /** WRONG_PASSWORDS_PER_HOUR: how many wrong passwords one address may try in an hour before it has to wait. */
  wrongPasswordsPerHour: requireCount(environment, 'WRONG_PASSWORDS_PER_HOUR'),
  /** AWS_ENDPOINT_URL_KMS or AWS_ENDPOINT_URL, on a laptop. */
  kmsEndpoint: readEndpoint(environment, 'KMS'),
};
