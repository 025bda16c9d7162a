import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createWireClient, type WireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { startEngine } from '#local/engine.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An engine that answers as it is told, and counts its connections. */
async function fakeEngine(onRequest: (socket: Socket, text: string) => void) {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {}).on('data', (chunk) => onRequest(socket, chunk.toString()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

function connectTo(endpoint: string, timeoutMs?: number): WireClient {
  const client = createWireClient({ endpoint, timeoutMs });
  closing.push(() => client.close());
  return client;
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

test('the engine takes what it writes, and its answers come whole', async () => {
  const engine = await startEngine();
  closing.push(() => engine.stop());
  const client = connectTo(engine.endpoint);
  const answer = await client.send('DynamoDB_20120810.ListTables', '{}');
  expect(answer).toMatchObject({ status: 200, keepsAlive: true });
  expect(JSON.parse(answer.body.toString())).toEqual({ TableNames: [] });
  const large = JSON.stringify({ TableName: 'x'.repeat(300_000), Text: '메모' });
  const refused = await client.send('DynamoDB_20120810.DescribeTable', Buffer.from(large));
  expect(refused.status).toBe(400);
  expect(refused.body.toString()).toContain('ValidationException');
});

test('requests after each other share a connection, requests at once have their own', async () => {
  const { endpoint, sockets } = await fakeEngine((socket) => socket.write(OK));
  const client = connectTo(endpoint);
  for (let times = 0; times < 3; times += 1) await client.send('A.B', '{}');
  expect(sockets).toHaveLength(1);
  await Promise.all([1, 2, 3].map(() => client.send('A.B', '{}')));
  expect(sockets).toHaveLength(3);
});

test('sends the body byte for byte, with its length and its target', async () => {
  const requests: string[] = [];
  const { endpoint } = await fakeEngine((socket, text) => {
    requests.push(text);
    socket.write(OK);
  });
  await connectTo(endpoint).send('DynamoDB_20120810.GetItem', '{"a":"메모"}');
  const [head = '', body] = requests.join('').split('\r\n\r\n');
  expect(body).toBe('{"a":"메모"}');
  expect(head).toMatch(/^POST \/ HTTP\/1\.1\r\n/);
  expect(head).toContain('\r\ncontent-length: 14');
  expect(head).toContain('\r\nx-amz-target: DynamoDB_20120810.GetItem\r\n');
});

test('a connection the engine wants closed isn’t used again', async () => {
  const { endpoint, sockets } = await fakeEngine((socket) =>
    socket.write(OK.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n')),
  );
  const client = connectTo(endpoint);
  await client.send('A.B', '{}');
  await client.send('A.B', '{}');
  expect(sockets).toHaveLength(2);
});

test('an idle connection that was closed isn’t used again', async () => {
  const { endpoint, sockets } = await fakeEngine((socket) => socket.write(OK));
  const client = connectTo(endpoint);
  await client.send('A.B', '{}');
  sockets[0]?.destroy();
  await waitFor('the next connection', async () => {
    await client.send('A.B', '{}').catch(() => {});
    return sockets.length === 2;
  });
  expect((await client.send('A.B', '{}')).status).toBe(200);
  expect(sockets).toHaveLength(2);
});

test('a connection that ends in the middle of an answer fails its request', async () => {
  const { endpoint } = await fakeEngine((socket) => socket.end(OK.slice(0, -1)));
  await expect(connectTo(endpoint).send('A.B', '{}')).rejects.toThrow('closed the connection');
});

test('what is no answer fails its request, and its connection isn’t used again', async () => {
  const { endpoint, sockets } = await fakeEngine((socket) =>
    socket.write(sockets.length === 1 ? 'nonsense\r\n\r\n' : OK),
  );
  const client = connectTo(endpoint);
  await expect(client.send('A.B', '{}')).rejects.toThrow('Expected HTTP/1.1');
  expect((await client.send('A.B', '{}')).status).toBe(200);
});

test('no answer in time fails the request', async () => {
  const { endpoint } = await fakeEngine(() => {});
  await expect(connectTo(endpoint, 50).send('A.B', '{}')).rejects.toThrow('within 50 ms');
});

test('nobody there', async () => {
  const { endpoint, sockets } = await fakeEngine(() => {});
  expect(sockets).toEqual([]);
  for (const close of closing.splice(0)) await close();
  await expect(connectTo(endpoint).send('A.B', '{}')).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});

test('close ends running requests', async () => {
  const { endpoint, sockets } = await fakeEngine(() => {});
  const client = connectTo(endpoint);
  const running = client.send('A.B', '{}');
  await waitFor('the connection', () => sockets.length === 1);
  client.close();
  await expect(running).rejects.toThrow('closed the connection');
});

test('only plain HTTP can be spoken', () => {
  expect(() => createWireClient({ endpoint: 'https://dynamodb.example' })).toThrow(TypeError);
});
