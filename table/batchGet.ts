import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
  type KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import { MemopadError } from '#domain/errors.ts';
import type { Table } from './dynamoDb.ts';
import { type Pause, pauseAtRandom } from './pause.ts';

export type Item = Record<string, AttributeValue>;

const MAX_TRIES = 5;
const RETRY_AFTER_SECONDS = 1;

/**
 * Reads up to 100 items at once, those that are there, in no order. DynamoDB may leave some for
 * another try, after a pause: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 * @throws RATE_LIMITED when some are still left after five tries
 */
export async function batchGet(
  { dynamoDb, tableName }: Table,
  keys: readonly Item[],
  how: Omit<KeysAndAttributes, 'Keys'>,
  pause: Pause = pauseAtRandom,
): Promise<Item[]> {
  if (keys.length === 0) return [];
  const items: Item[] = [];
  let wanted: BatchGetItemCommandInput['RequestItems'] = {
    [tableName]: { ...how, Keys: [...keys] },
  };
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const answer: BatchGetItemCommandOutput = await dynamoDb.send(
      new BatchGetItemCommand({ RequestItems: wanted }),
    );
    items.push(...(answer.Responses?.[tableName] ?? []));
    wanted = answer.UnprocessedKeys ?? {};
    if (Object.keys(wanted).length === 0) return items;
    await pause(tries);
  }
  const details = { retryAfterSeconds: RETRY_AFTER_SECONDS };
  throw new MemopadError('RATE_LIMITED', 'Too many requests at once. Try again.', details);
}
