import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type {
  LiveSessionKey,
  SessionStore,
  UserSession,
  UserSessions,
} from '#domain/auth/ports.ts';
import { batchGet } from '#table/batchGet.ts';
import { wrote } from '#table/conditions.ts';
import type { Table } from '#table/dynamoDb.ts';
import { inDomainWords } from '#table/inDomainWords.ts';
import { wasSentAgain } from '#table/sentAgain.ts';
import { sessionKey, userKey } from './keys.ts';
import { isSessionItem, readSession, toSessionItem } from './sessionItem.ts';
import { type Item, readUser } from './userItem.ts';

/** Keeps sessions on DynamoDB, in the partition of their user. */
export function createSessionStore(table: Table): SessionStore {
  const { dynamoDb, tableName: TableName } = table;
  return inDomainWords({
    async create(session) {
      await dynamoDb.send(new PutItemCommand({ TableName, Item: toSessionItem(session) }));
    },
    find: (userId, sessionId) => find(table, userId, sessionId),
    list: (userId) => list(table, userId),
    rotate(session, replacedHash) {
      const put = new PutItemCommand({
        TableName,
        Item: toSessionItem(session),
        ConditionExpression: 'secretHash = :replaced',
        ExpressionAttributeValues: marshall({ ':replaced': replacedHash }),
      });
      return wrote(dynamoDb.send(put));
    },
    async end(userId, sessionId) {
      const Key = marshall(sessionKey(userId, sessionId));
      await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
    },
    endLive: (live) => wrote(endLive(table, live).catch(unlessSentAgain)),
  });
}

async function find(table: Table, userId: string, sessionId: string): Promise<UserSession | null> {
  const keys = [userKey(userId), sessionKey(userId, sessionId)].map((key) => marshall(key));
  const found = readRows(await batchGet(table, keys, { ConsistentRead: true }));
  const session = found?.sessions[0];
  return found && session ? { user: found.user, session } : null;
}

/** The newest sign-ins are shown; older sessions live on, and end with the others. */
const MAX_LISTED = 100;

async function list(table: Table, userId: string): Promise<UserSessions | null> {
  const query = new QueryCommand({
    TableName: table.tableName,
    KeyConditionExpression: 'PK = :pk',
    ExpressionAttributeValues: marshall({ ':pk': userKey(userId).PK }),
    ConsistentRead: true,
    ScanIndexForward: false,
    Limit: 1 + MAX_LISTED,
  });
  return readRows((await table.dynamoDb.send(query)).Items ?? []);
}

function readRows(items: readonly Item[]): UserSessions | null {
  const sessions = items.filter(isSessionItem).map(readSession);
  const user = items.find((item) => !isSessionItem(item));
  return user ? { user: readUser(user), sessions } : null;
}

function endLive({ dynamoDb, tableName }: Table, live: LiveSessionKey): Promise<unknown> {
  const { userId, sessionId, generation, nowSeconds } = live;
  return dynamoDb.send(
    new DeleteItemCommand({
      TableName: tableName,
      Key: marshall(sessionKey(userId, sessionId)),
      ConditionExpression: 'generation = :generation AND #ttl > :now',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: marshall({ ':generation': generation, ':now': nowSeconds }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
}

/** A session that is gone when its end is sent again has ended. */
function unlessSentAgain(error: unknown): void {
  if (!wasSentAgain(error) || error.Item) throw error;
}
