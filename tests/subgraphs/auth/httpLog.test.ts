import { beforeEach, describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '#domain/viewer/httpMessage.ts';
import { PASSWORD } from '#tests/domain/auth/useAuth.ts';
import { givenPerson, useAuthService } from './useAuthService.ts';

const app = useAuthService();
beforeEach(() => app.forget());
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

function send(method: string, path: string, request: Partial<HttpRequest> = {}) {
  const whole = { search: '', headers: {}, body: '', sourceIp: '203.0.113.5', ...request };
  return app.service.http({ method, path, ...whole });
}

const signIn = (email: string, password: string) =>
  send('POST', '/sessions', { headers: JSON_TYPE, body: JSON.stringify({ email, password }) });
const refresh = (refreshToken: string) => {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  return send('POST', '/token', { headers: FORM_TYPE, body: form.toString() });
};

describe('a request is one line', () => {
  test('that says who signed in from where, how it went and how long it took', async () => {
    const { email, id } = await givenPerson(app);
    const { headers } = await signIn(email, PASSWORD);
    expect(app.logged).toEqual([
      {
        level: 'info',
        message: 'request',
        requestId: headers['x-request-id'],
        sourceIp: '203.0.113.5',
        status: 200,
        ms: 0,
        route: 'POST /sessions',
        userId: id,
      },
    ]);
  });

  test('that says whose session was refreshed', async () => {
    const { refreshToken, id } = await givenPerson(app);
    await refresh(refreshToken);
    expect(app.logged).toMatchObject([{ status: 200, route: 'POST /token', userId: id }]);
  });

  test.each(['/.well-known/openid-configuration', '/.well-known/jwks.json'])(
    'also for %s',
    async (path) => {
      await send('GET', path);
      expect(app.logged).toMatchObject([{ status: 200, route: `GET ${path}` }]);
    },
  );

  test.each([
    ['a wrong password', 'POST', '/sessions', 400, 'invalid_grant', 'POST /sessions'],
    ['a wrong method', 'DELETE', '/sessions', 405, 'method_not_allowed', undefined],
    ['an unknown path', 'GET', '/reset?token=secret', 404, 'not_found', undefined],
  ])('with the code of %s', async (_, method, path, status, code, route) => {
    const body = '{"email": "nobody@example.com", "password": "a wrong guess"}';
    await send(method, path, { headers: JSON_TYPE, body });
    expect(app.logged).toMatchObject([{ level: 'info', status, errorCodes: [code], route }]);
  });

  test('health checks and preflights get none', async () => {
    await send('GET', '/health');
    await send('OPTIONS', '/token');
    expect(app.logged).toEqual([]);
  });
});

describe('the request id', () => {
  test('is taken from the caller, logged and answered', async () => {
    const { headers } = await send('GET', '/nowhere', { headers: { 'x-request-id': 'Trace-01' } });
    expect(headers['x-request-id']).toBe('Trace-01');
    expect(app.logged).toMatchObject([{ requestId: 'Trace-01' }]);
  });

  test.each([
    ['too short', 'a-b'],
    ['too long', 'a'.repeat(65)],
    ['one that would forge a line', '12345678","level":"error'],
    ['two', '12345678, 87654321'],
  ])('is made when it is %s', async (_, sent) => {
    const { headers } = await send('GET', '/health', { headers: { 'x-request-id': sent } });
    expect(headers['x-request-id']).toMatch(/^[0-9A-Z]{26}$/);
  });
});

test('no line holds a token, a password or an e-mail address', async () => {
  const { email, refreshToken, token } = await givenPerson(app);
  const fresh = await signIn(email, PASSWORD);
  await signIn(email, 'a wrong guess');
  await refresh(refreshToken);
  await refresh(`${refreshToken}x`);
  await send('GET', '/token', { search: `?refresh_token=${refreshToken}` });
  await send('GET', `/token/${refreshToken}`);
  await send('GET', '/health', { headers: { authorization: `Bearer ${token}` } });
  expect(app.logged).toHaveLength(6);
  const lines = JSON.stringify(app.logged);
  const { access_token: accessToken } = JSON.parse(String(fresh.body));
  for (const secret of [email, PASSWORD, 'wrong guess', refreshToken, token, accessToken]) {
    expect(lines).not.toContain(secret);
  }
});
