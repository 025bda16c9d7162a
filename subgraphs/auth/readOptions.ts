import { kmsSigningKey } from '#aws/kmsSigningKey.ts';
import { logLine } from '#aws/logLine.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { throttlePolicies } from '#domain/auth/throttle.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { config } from './config.ts';
import type { AuthOptions } from './createAuth.ts';

const KMS_TIMEOUT_MS = 3_000;

/** What both of the auth functions need, as their environment says: once a function instance. */
export async function readAuthOptions(): Promise<AuthOptions> {
  const { region, credentials, tableName, issuer, signingKeyArn, kmsEndpoint } = config;
  const kms = createSignedClient({
    service: 'kms',
    region,
    endpoint: kmsEndpoint,
    credentials,
    timeoutMs: KMS_TIMEOUT_MS,
  });
  return {
    table: { dynamoDb: createDynamoDb({ region, credentials }), tableName },
    issuer,
    signingKey: await kmsSigningKey(kms, signingKeyArn),
    throttle: throttlePolicies(config),
    log: logLine,
  };
}
