import { logLine } from '#aws/logLine.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import { createPadRemains } from '#table/memo/padRemains.ts';
import { publisherOnAws } from './appsync/publisherOnAws.ts';
import { config as common } from './push/config.ts';
import { pushOnAws } from './push/pushOnAws.ts';
import { createCleanUp } from './stream/cleanUp.ts';
import { config } from './stream/config.ts';
import { createDrain } from './stream/drain.ts';
import { drainAll } from './stream/drainAll.ts';
import { createDrainQueue } from './stream/drainQueue.ts';
import { queueOnAws } from './stream/queueOnAws.ts';
import { createWorkOff } from './stream/workOff.ts';

const { region, credentials, liveTableName } = common;
const dynamoDb = createDynamoDb({ region, credentials });
const liveTable = { dynamoDb, tableName: liveTableName };
const changes = createChangeLog(liveTable);
const subscriptions = createSubscriptionStore(liveTable);
const remains = createPadRemains({ dynamoDb, tableName: config.memoTableName });
const enqueue = createDrainQueue(queueOnAws());

/** The Lambda function that works off the queue of pads: to be drained, or to be cleaned up after. */
export const handler = createWorkOff({
  drain: drainAll(
    createDrain({ changes, subscriptions, push: pushOnAws(subscriptions), report: logLine }),
    publisherOnAws(changes),
  ),
  cleanUp: createCleanUp(remains, (padId) => enqueue({ padId, task: 'CLEAN_UP' })),
  report: logLine,
});
