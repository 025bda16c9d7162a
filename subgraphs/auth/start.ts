import { createLocalJWKSet } from 'jose';
import { kmsSigningKey } from '#aws/kmsSigningKey.ts';
import { logLine } from '#aws/logLine.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { throttlePolicies } from '#domain/auth/throttle.ts';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { config } from './config.ts';
import { type AuthService, createAuthService } from './server.ts';

const KMS_TIMEOUT_MS = 3_000;

/** Starts the auth service as its environment says: once a function instance. */
export async function startAuthService(): Promise<AuthService> {
  const { region, credentials, tableName, issuer, signingKeyArn, kmsEndpoint } = config;
  const kms = createSignedClient({
    service: 'kms',
    region,
    endpoint: kmsEndpoint,
    credentials,
    timeoutMs: KMS_TIMEOUT_MS,
  });
  const signingKey = await kmsSigningKey(kms, signingKeyArn);
  const keys = createLocalJWKSet({ keys: [...signingKey.published] });
  return createAuthService({
    table: { dynamoDb: createDynamoDb({ region, credentials }), tableName },
    issuer,
    signingKey,
    verify: createVerifier({ issuer, keys, clock: Date.now }),
    throttle: throttlePolicies(config),
    log: logLine,
  });
}
