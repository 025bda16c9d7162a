import { type AttributeValue, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { sweepExpired } from '#local/sweepExpired.ts';
import { AUTH_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const NOW_SECONDS = 1_800_000_000;
const clock = () => NOW_SECONDS * 1000;
const table = useTable(AUTH_TABLE);

async function put(sortKey: string, rest: Record<string, AttributeValue>): Promise<void> {
  const Item = { PK: { S: 'P' }, SK: { S: sortKey }, ...rest };
  await table.dynamoDb.send(new PutItemCommand({ TableName: table.tableName, Item }));
}

async function remaining(): Promise<string[]> {
  const { Items = [] } = await table.dynamoDb.send(new ScanCommand({ TableName: table.tableName }));
  return Items.map(({ SK }) => String(SK?.S)).sort();
}

test('deletes what has outlived its time and nothing else', async () => {
  await put('long ago', { ttl: { N: '1' } });
  await put('a second ago', { ttl: { N: String(NOW_SECONDS - 1) } });
  await put('this very second', { ttl: { N: String(NOW_SECONDS) } });
  await put('later', { ttl: { N: String(NOW_SECONDS + 60) } });
  await put('for ever', {});
  await put('no number', { ttl: { S: '1' } });
  expect(await sweepExpired({ ...table, definition: AUTH_TABLE, clock })).toBe(2);
  expect(await remaining()).toEqual(['for ever', 'later', 'no number', 'this very second']);
});

test('what gets more time between the look and the deletion stays', async () => {
  await put('renewed', { ttl: { N: '1' } });
  const dynamoDb = new Proxy(table.dynamoDb, {
    get(client, name) {
      if (name !== 'send') return Reflect.get(client, name);
      return async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'TransactWriteItemsCommand') {
          await put('renewed', { ttl: { N: String(NOW_SECONDS + 60) } });
        }
        return client.send(command as never);
      };
    },
  });
  const options = { dynamoDb, tableName: table.tableName, definition: AUTH_TABLE, clock };
  expect(await sweepExpired(options)).toBe(0);
  expect(await remaining()).toContain('renewed');
});

test('more rows than one page of a scan', async () => {
  const text = { S: 'x'.repeat(100_000) };
  for (let number = 0; number < 25; number += 1)
    await put(`old ${number}`, { ttl: { N: '1' }, text });
  expect(await sweepExpired({ ...table, definition: AUTH_TABLE, clock })).toBe(25);
});
