import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startEngine } from '#local/engine.ts';
import { freePort } from '#local/ports.ts';
import { StartError } from '#local/startError.ts';

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function answerWith(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function refusalOf(endpoint: string): Promise<string> {
  const refusal = await startEngine({ endpoint }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(StartError);
  return (refusal as StartError).message;
}

describe('a DYNAMODB_ENDPOINT that is none is refused in words', () => {
  test.each(['bogus', 'localhost:8000', 'https://127.0.0.1:8000'])('%s', async (endpoint) => {
    expect(await refusalOf(endpoint)).toBe(
      `Expected DYNAMODB_ENDPOINT to be a URL such as http://127.0.0.1:8000, got "${endpoint}".`,
    );
  });

  test('nobody is there', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    expect(await refusalOf(endpoint)).toContain(
      `Expected DynamoDB at DYNAMODB_ENDPOINT ${endpoint}, got no answer (connect ECONNREFUSED`,
    );
  });

  test.each([
    [404, ''],
    [200, '{}'],
  ])('something else answers: %d %s', async (status, body) => {
    const endpoint = await answerWith(status, body);
    expect(await refusalOf(endpoint)).toContain(`got an answer with status ${status} that`);
  });
});

test('what lists tables is taken', async () => {
  const endpoint = await answerWith(200, '{"TableNames":[]}');
  await expect(startEngine({ endpoint })).resolves.toMatchObject({ endpoint });
});
