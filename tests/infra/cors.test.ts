import { expect, test } from '@jest/globals';
import { createOrigins } from '#gateway/origins.ts';
import { ALLOWED_HEADERS } from '#infra/httpApi.ts';
import { readStage, STAGES } from '#infra/stages.ts';

test('pages may send through the HTTP API what the gateway itself would let them send', () => {
  const origin = 'https://memopad.example';
  const headers = createOrigins([origin]).preflightHeaders({ origin });
  expect(headers['access-control-allow-headers']).toBe(ALLOWED_HEADERS.join(', '));
});

test('a stage is found by its name, and an unknown one is told which there are', () => {
  expect(readStage('prod')).toBe(STAGES.prod);
  expect(() => readStage('production')).toThrow('one of the stages dev, prod, got production');
});
