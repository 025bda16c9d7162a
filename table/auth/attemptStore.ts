import {
  DeleteItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttemptStore } from '#domain/auth/ports.ts';
import type { AttemptCounter, ThrottlePolicy } from '#domain/auth/throttle.ts';
import { epochSeconds } from '#domain/clock.ts';
import { itemInTheWay, wrote } from '#table/conditions.ts';
import type { Table } from '#table/dynamoDb.ts';
import { inDomainWords } from '#table/inDomainWords.ts';
import { attemptsKey } from './keys.ts';
import type { Item } from './userItem.ts';

/** Counts attempts on DynamoDB: `attempts`, `lastAttemptMs`, and `ttl`, when they are forgotten. */
export function createAttemptStore(table: Table): AttemptStore {
  const { dynamoDb, tableName: TableName } = table;
  return inDomainWords({
    count: (name, policy, nowMs) => count(table, { name, policy, nowMs }),
    async giveBack(name) {
      const one = marshall({ ':minusOne': -1, ':zero': 0 });
      await wrote(
        update(table, name, {
          UpdateExpression: 'ADD attempts :minusOne',
          ConditionExpression: 'attempts > :zero',
          ExpressionAttributeValues: one,
        }),
      );
    },
    async clear(name) {
      await dynamoDb.send(new DeleteItemCommand({ TableName, Key: marshall(attemptsKey(name)) }));
    },
  });
}

interface Attempt {
  readonly name: string;
  readonly policy: ThrottlePolicy;
  readonly nowMs: number;
}

async function count(table: Table, attempt: Attempt): Promise<AttemptCounter | null> {
  const inTheWay = await tryToWrite(table, attempt.name, countInput(attempt));
  if (!inTheWay) return null;
  const isForgotten = inTheWay.forgottenAtSeconds <= epochSeconds(attempt.nowMs);
  // Time to live deletes late. Whoever replaces the old counter first has made the first attempt.
  return isForgotten ? startAnew(table, attempt, inTheWay) : inTheWay;
}

async function startAnew(
  table: Table,
  attempt: Attempt,
  old: AttemptCounter,
): Promise<AttemptCounter | null> {
  const lost = await tryToWrite(table, attempt.name, startInput(attempt, old));
  return lost ? tryToWrite(table, attempt.name, countInput(attempt)) : null;
}

/** Gives null when it wrote, else the counter that the condition failed on. */
async function tryToWrite(
  table: Table,
  name: string,
  input: UpdateInput,
): Promise<AttemptCounter | null> {
  try {
    await update(table, name, { ...input, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
    return null;
  } catch (error) {
    const item = itemInTheWay(error);
    if (!item) throw error;
    return readCounter(item);
  }
}

/** `secondsToWait(…) === 0` of domain/auth/throttle.ts as a condition, so that counting and deciding is one write. */
function countInput({ policy, nowMs }: Attempt): UpdateInput {
  const { freeAttempts, delaysSeconds, forgetAfterSeconds } = policy;
  const nowSeconds = epochSeconds(nowMs);
  const values: Record<string, number> = {
    ':one': 1,
    ':nowMs': nowMs,
    ':now': nowSeconds,
    ':ttl': nowSeconds + forgetAfterSeconds,
    ':free': freeAttempts,
  };
  const waited = delaysSeconds.map((delaySeconds, index) => {
    values[`:count${index}`] = freeAttempts + index;
    values[`:since${index}`] = nowMs - delaySeconds * 1000;
    const operator = index === delaysSeconds.length - 1 ? '>=' : '=';
    return `(attempts ${operator} :count${index} AND lastAttemptMs <= :since${index})`;
  });
  const welcome = ['attempts < :free', ...waited].join(' OR ');
  return {
    UpdateExpression:
      'SET lastAttemptMs = :nowMs, #ttl = if_not_exists(#ttl, :ttl) ADD attempts :one',
    ConditionExpression: `attribute_not_exists(PK) OR (#ttl > :now AND (${welcome}))`,
    ExpressionAttributeNames: TTL,
    ExpressionAttributeValues: marshall(values),
  };
}

function startInput({ policy, nowMs }: Attempt, old: AttemptCounter): UpdateInput {
  const values = {
    ':one': 1,
    ':nowMs': nowMs,
    ':ttl': epochSeconds(nowMs) + policy.forgetAfterSeconds,
    ':old': old.forgottenAtSeconds,
  };
  return {
    UpdateExpression: 'SET attempts = :one, lastAttemptMs = :nowMs, #ttl = :ttl',
    ConditionExpression: '#ttl = :old',
    ExpressionAttributeNames: TTL,
    ExpressionAttributeValues: marshall(values),
  };
}

/** `ttl` is one of DynamoDB's reserved words. */
const TTL = { '#ttl': 'ttl' };

type UpdateInput = Omit<UpdateItemCommandInput, 'TableName' | 'Key'>;

function update({ dynamoDb, tableName }: Table, name: string, input: UpdateInput) {
  const Key = marshall(attemptsKey(name));
  return dynamoDb.send(new UpdateItemCommand({ TableName: tableName, Key, ...input }));
}

function readCounter(item: Item): AttemptCounter {
  const { attempts, lastAttemptMs, ttl } = unmarshall(item) as Record<string, number>;
  return {
    attempts: attempts ?? 0,
    lastAttemptMs: lastAttemptMs ?? 0,
    forgottenAtSeconds: ttl ?? 0,
  };
}
