import { createRemoteJWKSet } from 'jose';
import { logLine } from '#aws/logLine.ts';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { config } from './config.ts';
import { createMemoService } from './server.ts';

const { region, tableName, issuer, jwksUrl } = config;
const keys = createRemoteJWKSet(new URL(jwksUrl));

/** The Lambda function that the gateway calls. */
export const { subgraph: handler } = createMemoService({
  table: { dynamoDb: createDynamoDb({ region }), tableName },
  verify: createVerifier({ issuer, keys, clock: Date.now }),
  log: logLine,
});
