import { afterEach, describe, expect, test } from '@jest/globals';
import { type AppSyncServer, startAppSyncServer } from '#local/appsync/http/server.ts';
import { API_KEY, createTestApi, type TestApiOptions } from '#tests/local/appsync/testApi.ts';
import { send } from '#tests/support/nodeHttp.ts';

const servers: AppSyncServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const HEADERS_CODE = `import { util } from '@aws-appsync/utils';
export function request(ctx) {
  util.http.addResponseHeader('x-made', 'here');
  return { payload: JSON.stringify(ctx.request.headers) };
}
export function response(ctx) { return ctx.result; }`;

async function serve(options: TestApiOptions = {}) {
  const api = createTestApi({ code: { 'Query.note': HEADERS_CODE }, ...options });
  const server = await startAppSyncServer(api, { port: 0 });
  servers.push(server);
  return server;
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function post(port: number, { method = 'POST', path = '/graphql', headers, body }: Sent) {
  const all = { 'content-type': 'application/json', 'x-api-key': API_KEY, ...headers };
  const answer = await send(port, { method, path, headers: all }, body ?? QUERY);
  const text = answer.body;
  return { ...answer, json: text ? JSON.parse(text) : undefined };
}

const QUERY = JSON.stringify({ query: '{ note }' });

describe('the HTTP endpoint', () => {
  test('answers 200 with data, and with what resolvers add to the headers', async () => {
    const { port } = await serve();
    const { status, headers, json } = await post(port, {
      headers: { 'x-forwarded-for': '198.51.100.7', 'user-agent': 'a test' },
    });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'x-made': 'here' });
    expect(headers['content-type']).toBe('application/json;charset=UTF-8');
    expect(JSON.parse(json.data.note)).toMatchObject({
      'user-agent': 'a test',
      'x-forwarded-for': '198.51.100.7, 127.0.0.1, 127.0.0.1',
    });
  });

  test('answers with the id that the log has of a request', async () => {
    const code = { 'Query.note': 'export function request(ctx) { return ctx.nothing.here; }' };
    const api = createTestApi({ code });
    const server = await startAppSyncServer(api, { port: 0 });
    servers.push(server);
    const { headers } = await post(server.port, {});
    expect(api.logged).toMatchObject([
      {
        errorType: 'Code',
        requestId: headers['x-amzn-requestid'],
        traceId: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      },
    ]);
  });

  test('answers 200 to what GraphQL refuses', async () => {
    const { port } = await serve();
    const { status, json } = await post(port, { body: JSON.stringify({ query: '{ nothing }' }) });
    expect({ status, data: json.data }).toEqual({ status: 200, data: null });
  });

  test.each([
    ['', 'Request body is empty.'],
    ['{', 'Unable to parse GraphQL query.'],
    ['[]', 'Unable to parse GraphQL query.'],
    ['{"query":7}', 'Unable to parse GraphQL query.'],
    ['{"query":"{ note }","variables":"x"}', 'Variables must be a map.'],
  ])('answers 400 to the body %j', async (body, message) => {
    const { port } = await serve();
    const { status, json } = await post(port, { body });
    expect(status).toBe(400);
    expect(json).toEqual({ errors: [{ errorType: 'MalformedHttpRequestException', message }] });
  });

  test('answers 401 to strangers before it looks at what they sent', async () => {
    const { port } = await serve();
    const { status, headers, json } = await post(port, {
      headers: { 'x-api-key': 'another' },
      body: '{',
    });
    expect({ status, type: headers['x-amzn-errortype'] }).toEqual({
      status: 401,
      type: 'UnauthorizedException',
    });
    expect(json).toEqual({
      errors: [
        {
          errorType: 'UnauthorizedException',
          message: 'You are not authorized to make this call.',
        },
      ],
    });
  });

  test('refuses more than a megabyte', async () => {
    const { port } = await serve();
    expect((await post(port, { body: `"${'x'.repeat(1024 * 1024)}"` })).status).toBe(413);
  });

  test('knows one path and one method', async () => {
    const { port } = await serve();
    expect((await post(port, { path: '/other' })).status).toBe(404);
    expect((await post(port, { method: 'GET', body: '' })).status).toBe(405);
  });

  test('lets pages of this machine in, and no others', async () => {
    const { port } = await serve();
    const from = (origin: string) =>
      post(port, { method: 'OPTIONS', headers: { origin }, body: '' });
    const own = await from('http://localhost:5173');
    expect(own.status).toBe(200);
    expect(own.headers['access-control-allow-origin']).toBe('*');
    expect((await from('https://example.com')).status).toBe(403);
    expect((await post(port, { headers: { host: 'example.com' } })).status).toBe(403);
  });
});
