import { beforeEach, describe, expect, test } from '@jest/globals';
import { onlyError, useGateway } from './gateway.ts';

const auth = { Query: { me: () => null } };
const QUERY = '{ me { id } }';
const GET = { method: 'GET', path: `/graphql?query=${encodeURIComponent(QUERY)}` };
const PREFLIGHT = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,authorization',
};

describe('pages of this machine', () => {
  const gateway = useGateway({ auth, loopbackOnly: false });
  beforeEach(gateway.forget);
  const LOOPBACK = [
    'http://localhost',
    'http://localhost:5173',
    'https://127.0.0.1:8443',
    'http://[::1]:3000',
  ];
  const FOREIGN = [
    'https://evil.example',
    'http://localhost.evil.example',
    'http://evil-localhost:3000',
    'http://localhost:3000.evil.example',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.2',
    'file://',
    'null',
    'chrome-extension://localhost',
  ];

  test.each(LOOPBACK)('may read answers: %s', async (origin) => {
    const { headers } = await gateway.ask(QUERY, {}, { origin });
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'x-request-id, retry-after',
      vary: 'Origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test.each(LOOPBACK)('may read refusals too: %s', async (origin) => {
    const answer = await gateway.ask(QUERY, {}, { origin, authorization: 'Bearer bad' });
    expect(answer.status).toBe(401);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
  });

  test.each(LOOPBACK)('are told by a preflight that they may send: %s', async (origin) => {
    const headers = { origin, ...PREFLIGHT };
    const answer = await gateway.send({ method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('authorization, content-type'),
      'access-control-max-age': '7200',
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test.each(FOREIGN)('and no others: %s', async (origin) => {
    const answers = [
      await gateway.ask(QUERY, {}, { origin }),
      await gateway.send({ method: 'OPTIONS', headers: { origin, ...PREFLIGHT } }),
    ];
    for (const { headers } of answers) {
      expect(headers.vary).toBe('Origin');
      expect(Object.keys(headers).join()).not.toContain('access-control');
    }
  });
});

describe('Fetch Metadata', () => {
  const gateway = useGateway({ auth });
  beforeEach(gateway.forget);

  test.each([
    ['a link, image or script of a foreign site', {}],
    ['a foreign page that wants to read', { origin: 'https://evil.example' }],
  ])('GET by %s is refused before anything runs', async (_, headers) => {
    const answer = await gateway.send({
      ...GET,
      headers: { 'sec-fetch-site': 'cross-site', ...headers },
    });
    expect(answer.status).toBe(403);
    expect(onlyError(answer).extensions.code).toBe('FORBIDDEN');
    expect(gateway.asked).toEqual([]);
  });

  test.each([
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['by a page of ours', { 'sec-fetch-site': 'same-origin' }],
    ['by a neighbour', { 'sec-fetch-site': 'same-site' }],
    [
      'by a page of this machine under its other name',
      {
        'sec-fetch-site': 'cross-site',
        origin: 'http://127.0.0.1:5173',
      },
    ],
    ['by anything but a browser', {}],
  ])('GET %s is answered', async (_, headers) => {
    expect((await gateway.send({ ...GET, headers })).status).toBe(200);
  });
});

describe('a name that leads here by a trick (DNS rebinding)', () => {
  const gateway = useGateway({ auth, loopbackOnly: false });

  test.each([
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    '127.0.0.1@evil.example',
    '[::2]',
  ])('Host: %s is refused', async (host) => {
    const answers = [
      await gateway.ask(QUERY, {}, { host }),
      await gateway.send({ ...GET, headers: { host } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });

  test.each(['localhost', 'LOCALHOST:4000', '127.0.0.1:4000', '[::1]:4000'])(
    'Host: %s is served',
    async (host) => {
      expect((await gateway.ask(QUERY, {}, { host })).status).toBe(200);
    },
  );
});

describe('with a list of allowed origins', () => {
  const origin = 'https://memopad.example';
  const gateway = useGateway({ auth, allowedOrigins: [origin], loopbackOnly: false });

  test('pages of those may read answers', async () => {
    const { headers } = await gateway.ask(QUERY, {}, { origin });
    expect(headers['access-control-allow-origin']).toBe(origin);
  });

  test.each([
    'http://localhost:5173',
    `${origin}:8443`,
    'http://memopad.example',
    `${origin}.evil.example`,
  ])('others may not: %s', async (foreign) => {
    const { headers } = await gateway.ask(QUERY, {}, { origin: foreign });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('any Host is served: it is the load balancer that knows ours', async () => {
    expect((await gateway.ask(QUERY, {}, { host: 'api.memopad.example' })).status).toBe(200);
  });
});

describe('with * among the allowed origins', () => {
  const origin = 'https://anybody.example';
  const gateway = useGateway({ auth, allowedOrigins: ['*'], loopbackOnly: false });
  beforeEach(gateway.forget);

  test('every page may ask and read', async () => {
    const headers = { origin, 'sec-fetch-site': 'cross-site' };
    const answer = await gateway.send({ ...GET, headers });
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test('what a page loads without asking, a link or an image, is refused', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await gateway.send({ ...GET, headers })).status).toBe(403);
    expect(gateway.asked).toEqual([]);
  });
});
