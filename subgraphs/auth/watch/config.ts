import { readAws, readEndpoint, requireVariable } from '#aws/environment.ts';

const environment = process.env;

/** What the function that issues watch tokens is told by its environment. It reads no table. */
export const config = {
  ...readAws(environment),
  /** ISSUER: the `iss` of tokens. */
  issuer: requireVariable(environment, 'ISSUER'),
  /** SIGNING_KEY_ARN: the KMS key that signs tokens. */
  signingKeyArn: requireVariable(environment, 'SIGNING_KEY_ARN'),
  /** AWS_ENDPOINT_URL_KMS or AWS_ENDPOINT_URL, on a laptop. */
  kmsEndpoint: readEndpoint(environment, 'KMS'),
};
