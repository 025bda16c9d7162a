import { logLine } from '#aws/logLine.ts';
import { publishedKeys } from '#aws/publishedKeys.ts';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { remoteKeys } from '#domain/viewer/remoteKeys.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { config } from './config.ts';
import { createMemoService } from './server.ts';

const { region, credentials, tableName, liveTableName, issuer, jwksUrl } = config;
const clock = Date.now;
const dynamoDb = createDynamoDb({ region, credentials });
const keys = remoteKeys({ load: publishedKeys(jwksUrl), clock });

/** The Lambda function that the gateway calls. */
export const { subgraph: handler } = createMemoService({
  table: { dynamoDb, tableName },
  liveTable: { dynamoDb, tableName: liveTableName },
  verify: createVerifier({ issuer, keys, clock, acceptWatch: true }),
  log: logLine,
});
