import { describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { HttpRequest } from '#domain/viewer/httpMessage.ts';
import { createAuthHttp } from '#subgraphs/auth/http.ts';
import { createAuthService } from '#subgraphs/auth/server.ts';
import { CHEAP, NO_THROTTLE, PASSWORD } from '#tests/domain/auth/useAuth.ts';
import { givenPerson, useAuthService } from './useAuthService.ts';

const app = useAuthService();
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it has asked for
  readonly body: any;
}

async function send(
  method: string,
  path: string,
  request: Partial<HttpRequest> = {},
  { http } = app.service,
): Promise<Answer> {
  const whole = { search: '', headers: {}, body: '', sourceIp: '203.0.113.5', ...request };
  const { status, headers, body } = await http({ method, path, ...whole });
  return { status, headers, body: body === '' ? '' : JSON.parse(String(body)) };
}

const signIn = (body: unknown, headers: Record<string, string> = JSON_TYPE) =>
  send('POST', '/sessions', { headers, body: JSON.stringify(body) });
const token = (form: string, headers: Record<string, string> = FORM_TYPE) =>
  send('POST', '/token', { headers, body: form });
const refresh = (refreshToken: string) =>
  token(
    new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }).toString(),
  );

describe('the discovery document', () => {
  test('names the issuer to the letter and where everything is', async () => {
    const { status, headers, body } = await send('GET', '/.well-known/openid-configuration');
    expect(status).toBe(200);
    expect(headers).toEqual({
      'x-request-id': expect.any(String),
      'content-type': 'application/json',
      'cache-control': 'max-age=300',
    });
    const { url } = app.issuer;
    expect(body).toMatchObject({
      issuer: url,
      jwks_uri: `${url}/.well-known/jwks.json`,
      token_endpoint: `${url}/token`,
      grant_types_supported: ['refresh_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['memopad'],
      response_types_supported: expect.any(Array),
      claims_supported: expect.arrayContaining(['sub', 'sid', 'token_use']),
    });
  });

  test('leads to keys that verify the tokens', async () => {
    const { headers, body } = await send('GET', '/.well-known/jwks.json');
    expect(headers['cache-control']).toBe('max-age=300');
    const person = await givenPerson(app);
    const { payload } = await jwtVerify(person.token, createLocalJWKSet(body), {
      issuer: app.issuer.url,
      currentDate: new Date(app.nowMs),
    });
    expect(payload.sub).toBe(person.id);
  });

  test('publishes nothing of the private keys, whatever the signing key says', async () => {
    const jwk = { ...app.issuer.privateKey.export({ format: 'jwk' }), kid: 'leaky' };
    const service = createAuthService({
      table: app.table,
      issuer: app.issuer.url,
      signingKey: { ...app.issuer.signingKey, published: [jwk] },
      verify: app.issuer.verify,
      log: () => {},
    });
    const { body } = await send('GET', '/.well-known/jwks.json', {}, service);
    expect(body.keys).toEqual([{ kty: 'RSA', kid: 'leaky', n: jwk.n, e: jwk.e }]);
  });
});

describe('POST /sessions', () => {
  test('signs in and answers like a token endpoint', async () => {
    const { email, id } = await givenPerson(app);
    const { status, headers, body } = await signIn(
      { email, password: PASSWORD },
      { 'content-type': 'Application/JSON; charset=utf-8', 'user-agent': 'curl/8' },
    );
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toEqual({
      access_token: expect.stringMatching(/^ey/),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
      scope: 'memopad',
    });
    const { data } = await app.ask('{ me { id } sessions { current userAgent } }', {
      token: body.access_token,
    });
    expect(data.me).toEqual({ id });
    expect(data.sessions).toContainEqual({ current: true, userAgent: 'curl/8' });
  });

  test('tells a wrong password and an unknown address apart by nothing', async () => {
    const { email } = await givenPerson(app);
    const headers = { ...JSON_TYPE, 'x-request-id': 'the-same-for-both' };
    const wrong = await signIn({ email, password: 'a wrong guess' }, headers);
    const unknown = await signIn({ email: 'nobody@example.com', password: PASSWORD }, headers);
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(wrong.headers['cache-control']).toBe('no-store');
  });

  test.each([
    ['no JSON', '{"email": "mina@example.com"', /JSON object/],
    ['an empty body', '', /JSON object/],
    ['null', 'null', /JSON object/],
    ['a text', '"mina@example.com"', /JSON object/],
    ['a list', '["mina@example.com"]', /JSON object/],
    ['no password', '{"email": "mina@example.com"}', /two strings/],
    ['a number for a password', '{"email": "mina@example.com", "password": 1}', /two strings/],
    ['an address that is none', '{"email": "mina", "password": "x"}', /name@example\.com/],
  ])('refuses %s', async (_, body, description) => {
    const answer = await send('POST', '/sessions', { headers: JSON_TYPE, body });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: expect.stringMatching(description) },
    });
    expect(answer.body.error_description).not.toContain('mina');
  });

  test.each([
    ['none', {}],
    ['that of a form', FORM_TYPE],
    ['that of a simple request', { 'content-type': 'text/plain' }],
    ['one that only looks like it', { 'content-type': 'application/jsonp' }],
  ])('refuses a content type: %s', async (_, headers) => {
    expect(await signIn({ email: 'a@b', password: PASSWORD }, headers)).toMatchObject({
      status: 415,
      body: {
        error: 'invalid_request',
        error_description: expect.stringMatching(/application\/json/),
      },
    });
  });

  test('refuses a body that is too long before it is read', async () => {
    const { status, body } = await signIn({ email: 'a@b', password: 'x'.repeat(20_000) });
    expect(status).toBe(413);
    expect(body.error_description).toMatch(/at most 16384 characters, got/);
  });

  test('says how long to wait when it is throttled', async () => {
    const strict = { freeAttempts: 1, delaysSeconds: [90], forgetAfterSeconds: 3600 };
    const service = createAuthService({
      table: app.table,
      issuer: app.issuer.url,
      signingKey: app.issuer.signingKey,
      verify: app.issuer.verify,
      throttle: { ...NO_THROTTLE, passwordBySource: strict },
      passwordCost: CHEAP,
      clock: () => app.nowMs,
      log: () => {},
    });
    const request = {
      headers: JSON_TYPE,
      body: '{"email": "throttled@example.com", "password": "a wrong guess"}',
      sourceIp: '198.51.100.1',
    };
    expect((await send('POST', '/sessions', request, service)).status).toBe(400);
    const { status, headers, body } = await send('POST', '/sessions', request, service);
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('90');
    expect(body).toMatchObject({ error: 'slow_down' });
  });
});

describe('POST /token', () => {
  test('trades a refresh token for the next pair', async () => {
    const person = await givenPerson(app);
    const { status, headers, body } = await refresh(person.refreshToken);
    expect(status).toBe(200);
    expect(headers).toEqual({
      'x-request-id': expect.any(String),
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'memopad' });
    expect(body.refresh_token).not.toBe(person.refreshToken);
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });

  test.each([
    ['an unknown token', 'grant_type=refresh_token&refresh_token=junk', 'invalid_grant'],
    ['no token', 'grant_type=refresh_token', 'invalid_request'],
    ['an empty token', 'grant_type=refresh_token&refresh_token=', 'invalid_request'],
    ['two tokens', 'grant_type=refresh_token&refresh_token=a&refresh_token=b', 'invalid_request'],
    ['no grant type', 'refresh_token=junk', 'invalid_request'],
    ['an empty body', '', 'invalid_request'],
    [
      'two grant types',
      'grant_type=refresh_token&grant_type=password&refresh_token=a',
      'invalid_request',
    ],
    ['the password grant', 'grant_type=password&username=a&password=b', 'unsupported_grant_type'],
    ['a code', 'grant_type=authorization_code&code=a', 'unsupported_grant_type'],
  ])('refuses %s', async (_, form, error) => {
    const answer = await token(form);
    expect(answer).toMatchObject({ status: 400, body: { error } });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body.error_description).toEqual(expect.any(String));
  });

  test('refuses a used token and ends its session', async () => {
    const person = await givenPerson(app);
    const { body } = await refresh(person.refreshToken);
    app.nowMs += 31_000;
    const reused = await refresh(person.refreshToken);
    expect(reused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await refresh(body.refresh_token)).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  test('refuses JSON', async () => {
    expect(await token('{"grant_type": "refresh_token"}', JSON_TYPE)).toMatchObject({
      status: 415,
      body: { error: 'invalid_request', error_description: expect.stringMatching(/urlencoded/) },
    });
  });
});

describe("the service's other answers", () => {
  test('say whether the table can be read', async () => {
    expect(await send('GET', '/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const lost = createAuthHttp({
      auth: {
        clock: Date.now,
        randomBytes: (length: number) => new Uint8Array(length),
        log: () => {},
      } as never,
      issuer: app.issuer.url,
      signingKey: app.issuer.signingKey,
      checkHealth: () => Promise.reject(new Error('no table')),
    });
    const answer = await send('GET', '/health', {}, { ...app.service, http: lost });
    expect(answer).toMatchObject({ status: 503, body: { error: 'unavailable' } });
  });

  test.each(['/', '/tokens', '/token/', '/.well-known/jwks', '/__proto__', '/constructor'])(
    'are 404 at %s',
    async (path) => {
      expect(await send('GET', path)).toMatchObject({ status: 404, body: { error: 'not_found' } });
    },
  );

  test.each([
    ['GET', '/token', 'POST'],
    ['GET', '/sessions', 'POST'],
    ['DELETE', '/sessions', 'POST'],
    ['POST', '/.well-known/jwks.json', 'GET, HEAD'],
    ['OPTIONS', '/health', 'GET, HEAD'],
    ['constructor', '/health', 'GET, HEAD'],
  ])('are 405 for %s %s, with what is allowed', async (method, path, allow) => {
    const { status, headers } = await send(method, path);
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow });
  });

  test('have no body for HEAD', async () => {
    const { status, headers, body } = await send('HEAD', '/.well-known/jwks.json');
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(headers['cache-control']).toBe('max-age=300');
  });

  test('hide what went wrong behind a request id that is logged', async () => {
    const logged: unknown[] = [];
    const { issuer } = app;
    const service = createAuthService({
      table: { ...app.table, tableName: 'no-such-table' },
      issuer: issuer.url,
      signingKey: issuer.signingKey,
      verify: issuer.verify,
      log: (entry) => logged.push(entry),
    });
    const body = '{"email": "mina@example.com", "password": "a wrong guess"}';
    const answer = await send('POST', '/sessions', { headers: JSON_TYPE, body }, service);
    expect(answer).toMatchObject({ status: 500, body: { error: 'server_error' } });
    const [requestId] = /[0-9A-Z]{26}/.exec(answer.body.error_description) ?? [];
    expect(logged).toMatchObject([
      { level: 'error', requestId, error: expect.stringMatching(/^Resource\w+\n {4}at /) },
      { level: 'error', requestId, message: 'request', status: 500, errorCodes: ['server_error'] },
    ]);
    expect(answer.headers['x-request-id']).toBe(requestId);
    expect(JSON.stringify(answer.body)).not.toContain('table');
  });
});
