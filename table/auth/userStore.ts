import {
  GetItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { UserStore } from '#domain/auth/ports.ts';
import type { User } from '#domain/auth/user.ts';
import { batchGet } from '#table/batchGet.ts';
import { isTransactionConflict, itemInTheWay, wrote } from '#table/conditions.ts';
import type { Table } from '#table/dynamoDb.ts';
import { inDomainWords } from '#table/inDomainWords.ts';
import { emailKey, type Key, userKey } from './keys.ts';
import { type Item, PROFILE_ATTRIBUTES, readProfile, readUser, toUserItem } from './userItem.ts';

/** Keeps users on DynamoDB. */
export function createUserStore(table: Table): UserStore {
  return inDomainWords({
    create: (user) => create(table, user),
    async findIdByEmail(email) {
      const item = await getItem(table, emailKey(email));
      return item?.userId?.S ?? null;
    },
    async find(userId) {
      const item = await getItem(table, userKey(userId));
      return item ? readUser(item) : null;
    },
    async findProfiles(userIds) {
      const items = await batchGet(
        table,
        userIds.map((id) => marshall(userKey(id))),
        {
          ProjectionExpression: PROFILE_ATTRIBUTES,
        },
      );
      return new Map(items.map(readProfile).map((profile) => [profile.id, profile]));
    },
    rename: (userId, displayName) => rename(table, userId, displayName),
    async rehash(user, passwordHash) {
      await wrote(replaceHash(table, user, 'SET passwordHash = :new', passwordHash));
    },
    changePassword: (user, passwordHash) => changePassword(table, user, passwordHash),
    async raiseSessionGeneration(userId) {
      await update(table, userId, {
        UpdateExpression: 'ADD sessionGeneration :one',
        ConditionExpression: 'attribute_exists(PK)',
        ExpressionAttributeValues: marshall({ ':one': 1 }),
      });
    },
  });
}

const MAX_TRIES = 5;

async function create(table: Table, user: User): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await wrote(putUserWithEmail(table, user));
    } catch (error) {
      // Two sign-ups with one address at the same time: the second one shall find the first one's row.
      if (tries === MAX_TRIES || !isTransactionConflict(error)) throw error;
    }
  }
}

function putUserWithEmail({ dynamoDb, tableName }: Table, user: User): Promise<unknown> {
  const owner = marshall({ ...emailKey(user.email.toLowerCase()), userId: user.id });
  const items = [owner, toUserItem(user)];
  const ConditionExpression = 'attribute_not_exists(PK)';
  return dynamoDb.send(
    new TransactWriteItemsCommand({
      TransactItems: items.map((Item) => ({
        Put: { TableName: tableName, Item, ConditionExpression },
      })),
    }),
  );
}

async function getItem({ dynamoDb, tableName }: Table, key: Key): Promise<Item | undefined> {
  const input = { TableName: tableName, Key: marshall(key), ConsistentRead: true };
  return (await dynamoDb.send(new GetItemCommand(input))).Item;
}

async function rename(table: Table, userId: string, displayName: string): Promise<User | null> {
  let user: User | null = null;
  const write = async () => {
    const { Attributes } = await update(table, userId, {
      UpdateExpression: 'SET displayName = :displayName',
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeValues: marshall({ ':displayName': displayName }),
      ReturnValues: 'ALL_NEW',
    });
    user = Attributes ? readUser(Attributes) : null;
  };
  await wrote(write());
  return user;
}

async function changePassword(table: Table, user: User, passwordHash: string): Promise<boolean> {
  try {
    const expression = 'SET passwordHash = :new ADD sessionGeneration :one';
    await replaceHash(table, user, expression, passwordHash, { ':one': 1 });
    return true;
  } catch (error) {
    const inTheWay = itemInTheWay(error);
    if (!inTheWay) throw error;
    // The SDK tried again after a response was lost: the first try had succeeded.
    return readUser(inTheWay).passwordHash === passwordHash;
  }
}

function replaceHash(
  table: Table,
  { id, passwordHash, sessionGeneration }: User,
  expression: string,
  newHash: string,
  values: Record<string, number> = {},
): Promise<unknown> {
  return update(table, id, {
    UpdateExpression: expression,
    ConditionExpression: 'passwordHash = :old AND sessionGeneration = :generation',
    ExpressionAttributeValues: marshall({
      ':old': passwordHash,
      ':new': newHash,
      ':generation': sessionGeneration,
      ...values,
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
}

function update(
  { dynamoDb, tableName }: Table,
  userId: string,
  input: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>,
) {
  const Key = marshall(userKey(userId));
  return dynamoDb.send(new UpdateItemCommand({ TableName: tableName, Key, ...input }));
}
