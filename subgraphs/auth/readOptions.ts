import { logLine } from '#aws/logLine.ts';
import { throttlePolicies } from '#domain/auth/throttle.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { config } from './config.ts';
import type { AuthOptions } from './createAuth.ts';
import { openKey } from './openKey.ts';

/** What both of the auth functions need, as their environment says: once a function instance. */
export async function readAuthOptions(): Promise<AuthOptions> {
  const { region, credentials, tableName, issuer } = config;
  return {
    table: { dynamoDb: createDynamoDb({ region, credentials }), tableName },
    issuer,
    signingKey: await openKey(config),
    throttle: throttlePolicies(config),
    log: logLine,
  };
}
