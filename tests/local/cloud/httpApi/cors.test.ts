import { describe, expect, test } from '@jest/globals';
import type { CorsConfiguration } from '#local/cloud/httpApi/definition.ts';
import { send } from '#tests/support/nodeHttp.ts';
import { useApis } from './useApis.ts';

const start = useApis();

const EVERYBODY: CorsConfiguration = {
  allowOrigins: ['*'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['authorization', 'content-type'],
  exposeHeaders: ['x-request-id', 'retry-after'],
  maxAge: 3600,
};
const ORIGIN = 'https://memos.example';
const PREFLIGHT = { origin: ORIGIN, 'access-control-request-method': 'POST' };

const corsHeaders = (headers: object): object =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(access-control-|vary)/.test(name)),
  );

describe('a preflight', () => {
  const preflight = async (
    cors: CorsConfiguration,
    headers: Record<string, string> = PREFLIGHT,
  ) => {
    const { port, events } = await start({ cors, routeKeys: ['POST /memos'] });
    const answer = await send(port, { method: 'OPTIONS', path: '/memos', headers });
    expect(events).toEqual([]);
    return answer;
  };

  test('is answered by the API, on any path', async () => {
    const { status, headers, body } = await preflight(EVERYBODY);
    expect({ status, body }).toEqual({ status: 204, body: '' });
    expect(corsHeaders(headers)).toEqual({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-expose-headers': 'x-request-id,retry-after',
      'access-control-max-age': '3600',
    });
  });

  test.each([
    [['https://memos.example'], ORIGIN],
    [['https://MEMOS.example'], ORIGIN],
    [['https://*'], ORIGIN],
    [['http://*'], undefined],
    [['https://memos.example.org', 'https://memo'], undefined],
    [[], undefined],
  ])('with %j allowed names %s', async (allowOrigins, expected) => {
    const { status, headers } = await preflight({ ...EVERYBODY, allowOrigins });
    expect(status).toBe(204);
    expect(headers['access-control-allow-origin']).toBe(expected);
    expect(headers.vary).toBe(expected && 'origin');
    expect(headers['access-control-allow-methods']).toBe(expected && 'GET,POST');
  });

  test.each([
    ['an origin', { 'access-control-request-method': 'POST' }],
    ['a method', { origin: ORIGIN }],
  ])('that doesn’t name %s is answered without a word', async (_what, headers) => {
    const answer = await preflight(EVERYBODY, headers);
    expect(answer.status).toBe(204);
    expect(corsHeaders(answer.headers)).toEqual({});
  });

  test('may allow credentials', async () => {
    const { headers } = await preflight({ allowOrigins: [ORIGIN], allowCredentials: true });
    expect(corsHeaders(headers)).toEqual({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    });
  });

  test('goes to a route that takes its method', async () => {
    const { port, events } = await start({ cors: EVERYBODY, routeKeys: ['ANY /memos'] });
    const answer = await send(port, { method: 'OPTIONS', path: '/memos', headers: PREFLIGHT });
    expect(answer).toMatchObject({ status: 200, body: 'fine' });
    expect(events).toHaveLength(1);
  });

  test('of an API without CORS is a request without a route', async () => {
    const { port } = await start({ routeKeys: ['POST /memos'] });
    const answer = await send(port, { method: 'OPTIONS', path: '/memos', headers: PREFLIGHT });
    expect(answer).toMatchObject({ status: 404, body: '{"message":"Not Found"}' });
  });
});

describe('the answer of a function', () => {
  const answer = () => ({
    statusCode: 200,
    headers: { 'access-control-allow-origin': 'https://its.own', 'access-control-max-age': '1' },
    body: '',
  });
  const ask = async (
    cors: CorsConfiguration | undefined,
    headers: Record<string, string> = { origin: ORIGIN },
  ) => {
    const { port } = await start({ answer, cors });
    return corsHeaders((await send(port, { path: '/', headers })).headers);
  };

  test('gets the API’s CORS headers in the place of its own', async () => {
    expect(await ask(EVERYBODY)).toEqual({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'x-request-id,retry-after',
    });
  });

  test('loses its own and gets none for an origin that isn’t allowed, or without one', async () => {
    expect(await ask({ ...EVERYBODY, allowOrigins: ['https://other.example'] })).toEqual({});
    expect(await ask(EVERYBODY, {})).toEqual({});
  });

  test('keeps its own when the API has no CORS', async () => {
    expect(await ask(undefined)).toEqual({
      'access-control-allow-origin': 'https://its.own',
      'access-control-max-age': '1',
    });
  });
});

test('pages of other machines can be refused, whatever the API allows', async () => {
  const { port, events } = await start({ cors: EVERYBODY }, { refusesForeignPages: true });
  const statusFor = async (origin: string) =>
    (await send(port, { path: '/', headers: { origin } })).status;
  expect(await statusFor('https://memos.example')).toBe(403);
  expect(await statusFor('http://localhost.memos.example')).toBe(403);
  expect(await statusFor('null')).toBe(403);
  expect(events).toEqual([]);
  expect(await statusFor('http://localhost:5173')).toBe(200);
  expect((await send(port, { path: '/' })).status).toBe(200);
});
