import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
  type KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Table } from '#table/dynamoDb.ts';
import type { Key } from './keys.ts';
import type { Item } from './userItem.ts';

const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 20;

/** Reads up to 100 items at once, those that are there. DynamoDB may leave some for another try. */
export async function batchGet(
  { dynamoDb, tableName }: Table,
  keys: readonly Key[],
  how: Omit<KeysAndAttributes, 'Keys'>,
): Promise<Item[]> {
  if (keys.length === 0) return [];
  const items: Item[] = [];
  let wanted: BatchGetItemCommandInput['RequestItems'] = {
    [tableName]: { ...how, Keys: keys.map((key) => marshall(key)) },
  };
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    if (tries > 0) await pause(FIRST_PAUSE_MS * 2 ** tries);
    const answer: BatchGetItemCommandOutput = await dynamoDb.send(
      new BatchGetItemCommand({ RequestItems: wanted }),
    );
    items.push(...(answer.Responses?.[tableName] ?? []));
    wanted = answer.UnprocessedKeys ?? {};
    if (Object.keys(wanted).length === 0) return items;
  }
  throw new Error(`Expected DynamoDB to read every key within ${MAX_TRIES} tries.`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
