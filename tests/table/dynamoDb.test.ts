import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from '@jest/globals';
import { createDynamoDb } from '#table/dynamoDb.ts';

const held: ServerResponse[] = [];
const server = createServer((_, response) => {
  requests += 1;
  if (requests <= stuck) held.push(response);
  else response.end('{"TableNames":["memos"]}');
});
let requests = 0;
let stuck = 0;

afterEach(() => {
  for (const response of held.splice(0)) response.destroy();
  server.closeAllConnections();
  server.close();
});

test('a request that is never answered is given up and sent again', async () => {
  stuck = 1;
  const client = await connect();
  const { TableNames } = await client.send(new ListTablesCommand());
  expect(TableNames).toEqual(['memos']);
  expect(requests).toBe(2);
  client.destroy();
});

async function connect() {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return createDynamoDb({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    timeoutMs: 50,
  });
}
