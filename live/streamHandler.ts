import { randomBytes } from 'node:crypto';
import { logLine } from '#aws/logLine.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { publisherOnAws } from './appsync/publisherOnAws.ts';
import { config as common } from './push/config.ts';
import { pushOnAws } from './push/pushOnAws.ts';
import { config } from './stream/config.ts';
import { createDrain } from './stream/drain.ts';
import { drainAll } from './stream/drainAll.ts';
import { createDrainQueue } from './stream/drainQueue.ts';
import { createFollow } from './stream/follow.ts';
import { queueOnAws } from './stream/queueOnAws.ts';
import { rememberHeads } from './stream/rememberHeads.ts';
import { createSequencer } from './stream/sequencer.ts';

const { region, credentials, liveTableName } = common;
const { memoTableName } = config;
const clock = Date.now;
const dynamoDb = createDynamoDb({ region, credentials });
const liveTable = { dynamoDb, tableName: liveTableName };
const changes = rememberHeads(createChangeLog(liveTable), clock);
const subscriptions = createSubscriptionStore(liveTable);
const pads = createPadStore({ dynamoDb, tableName: memoTableName });
const enqueue = createDrainQueue(queueOnAws());

/** The Lambda function that follows the memo table's stream. */
export const handler = createFollow({
  sequencer: createSequencer({
    log: changes,
    membersOf: async (padId) => (await pads.listMembers(padId)).map(({ userId }) => userId),
    clock,
    randomBytes,
    report: logLine,
  }),
  drain: drainAll(
    createDrain({ changes, subscriptions, push: pushOnAws(subscriptions), report: logLine }),
    publisherOnAws(changes),
  ),
  drainLater: (padId) => enqueue({ padId }),
  cleanUpLater: (padId) => enqueue({ padId, task: 'CLEAN_UP' }),
  report: logLine,
});
