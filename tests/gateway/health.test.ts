import { describe, expect, test } from '@jest/globals';
import { PlainError } from '#domain/errors.ts';
import type { LogEntry } from '#domain/log.ts';
import { createHealth } from '#gateway/health.ts';
import { useGateway } from './gateway.ts';

const request = { method: 'GET', path: '/health', search: '', headers: {}, body: '', sourceIp: '' };

describe('GET /health', () => {
  const state = { healthy: true };
  const gateway = useGateway({
    checkHealth: async () => {
      if (!state.healthy) throw new PlainError('table memopad-memo at 10.0.0.7 is gone');
    },
  });

  test('is 200 pass while the service can do its work', async () => {
    const { status, headers, text } = await gateway.send({ method: 'GET', path: '/health' });
    expect({ status, text }).toEqual({ status: 200, text: '{"status":"pass"}' });
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  test('needs no token and minds none', async () => {
    const headers = { authorization: 'Bearer bad' };
    expect((await gateway.send({ method: 'GET', path: '/health', headers })).status).toBe(200);
  });

  test('is 503 fail otherwise; why is for the log alone', async () => {
    state.healthy = false;
    const { status, text } = await gateway.send({ method: 'GET', path: '/health' });
    expect({ status, text }).toEqual({ status: 503, text: '{"status":"fail"}' });
    expect(gateway.lines).toMatchObject([
      { level: 'warn', message: 'unhealthy', error: expect.stringContaining('10.0.0.7') },
    ]);
  });
});

test('a check that hangs counts as failed after the time limit', async () => {
  const lines: LogEntry[] = [];
  const checkHealth = () => new Promise<void>(() => {});
  const health = createHealth({ checkHealth, log: (entry) => lines.push(entry), timeLimitMs: 5 });
  expect((await health(request, 'request-1', {})).status).toBe(503);
  expect(lines).toMatchObject([{ requestId: 'request-1', error: expect.stringContaining('5 ms') }]);
});

test('a check that throws at once counts as failed too', async () => {
  const checkHealth = () => {
    throw new Error('no');
  };
  const health = createHealth({ checkHealth, log: () => {} });
  expect((await health(request, 'request-1', {})).status).toBe(503);
});
