import { createServer } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { startListening } from '#tests/bench/harness/http.ts';
import { type MeteredEngine, meterEngine } from './meteredEngine.ts';

let engine: MeteredEngine;
afterEach(() => engine.stop());

/** Everything consumes a unit. */
async function meter(): Promise<MeteredEngine> {
  const server = createServer((_, response) =>
    response.end('{"ConsumedCapacity":{"CapacityUnits":1}}'),
  );
  const endpoint = await startListening(server);
  const stop = async () => void server.close();
  return meterEngine({ endpoint, stop, ended: new Promise(() => {}) });
}

const ask = (operation: string) =>
  fetch(engine.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: '{}',
  });

test('what an action asks for is counted, and the sweep that begins meanwhile is not', async () => {
  engine = await meter();
  const units = await engine.measure(async () => {
    for (const operation of ['BatchGetItem', 'Scan', 'PutItem']) await ask(operation);
  });
  expect(units).toEqual({ read: 1, write: 1 });
});
