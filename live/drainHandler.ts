import { logLine } from '#aws/logLine.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import { config } from './push/config.ts';
import { pushOnAws } from './push/pushOnAws.ts';
import { createDrain } from './stream/drain.ts';
import { createWorkOff } from './stream/workOff.ts';

const { region, credentials, liveTableName } = config;
const liveTable = { dynamoDb: createDynamoDb({ region, credentials }), tableName: liveTableName };
const subscriptions = createSubscriptionStore(liveTable);

/** The Lambda function that drains the pads in the queue. */
export const handler = createWorkOff({
  drain: createDrain({
    changes: createChangeLog(liveTable),
    subscriptions,
    push: pushOnAws(subscriptions),
  }),
  report: logLine,
});
