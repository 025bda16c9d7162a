import { logLine } from '#aws/logLine.ts';
import { publishedKeys } from '#aws/publishedKeys.ts';
import { createLastingVerifier } from '#domain/viewer/accessToken.ts';
import { remoteKeys } from '#domain/viewer/remoteKeys.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { config as common } from './push/config.ts';
import { pushOnAws } from './push/pushOnAws.ts';
import { config } from './socket/config.ts';
import { createSocket } from './socket/createSocket.ts';

const { region, credentials, liveTableName } = common;
const { memoTableName, issuer, jwksUrl } = config;
const clock = Date.now;
const dynamoDb = createDynamoDb({ region, credentials });
const liveTable = { dynamoDb, tableName: liveTableName };
const subscriptions = createSubscriptionStore(liveTable);
const keys = remoteKeys({ load: publishedKeys(jwksUrl), clock });

/** The Lambda function behind every route of the WebSocket API. */
export const handler = createSocket({
  subscriptions,
  changes: createChangeLog(liveTable),
  members: createPadStore({ dynamoDb, tableName: memoTableName }),
  verify: createLastingVerifier({ issuer, keys, clock }),
  push: pushOnAws(subscriptions),
  clock,
  log: logLine,
});
