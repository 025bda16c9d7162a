import { describe, expect, test } from '@jest/globals';
import type { RawRequest } from '#tests/contract/door.ts';
import { createMemo, listAllTitles } from '#tests/contract/memos.ts';
import { givenSharedPad } from '#tests/contract/pads.ts';
import type { Stage } from '#tests/contract/stage.ts';
import { sendRaw } from '#tests/support/nodeHttp.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const ME = JSON.stringify({ query: '{ me { id } }' });

/** HTTP: what a browser can be made to send by a foreign page, and what a client of ill will sends. */
export function httpSecurity(stage: Stage): void {
  describe('a foreign page can’t write with what a browser sends by itself', () => {
    const query = 'mutation { createMemo(input: { title: "by a foreign page" }) { id } }';
    const json = JSON.stringify({ query });
    const form = new URLSearchParams({ query }).toString();
    const cases: [string, RawRequest, number[]][] = [
      ['text/plain', { headers: { 'content-type': 'text/plain' }, body: json }, [400, 415]],
      [
        'text/plain that says JSON',
        { headers: { 'content-type': 'text/plain; application/json' }, body: json },
        [400, 415],
      ],
      ['no content type', { body: json }, [400, 415]],
      [
        'a form',
        { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form },
        [400, 415],
      ],
      [
        'a form with files',
        {
          headers: { 'content-type': 'multipart/form-data; boundary=b' },
          body: `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${json}\r\n--b--`,
        },
        [400, 415],
      ],
      ['a link', { method: 'GET', search: `?${form}` }, [400, 405]],
      [
        'a link with a header that needs permission',
        {
          method: 'GET',
          search: `?${form}`,
          headers: { 'x-apollo-operation-name': 'x', 'content-type': 'application/json' },
        },
        [405],
      ],
    ];
    test.each(cases)('%s', async (_, request, expected) => {
      const attacked = await stage.person('Attacked');
      const headers = { ...request.headers, authorization: `Bearer ${attacked.token}` };
      const answer = await stage.door.send({ ...request, headers });
      expect(expected).toContain(answer.status);
      expect(answer.data).toBeNull();
      expect(await listAllTitles(attacked)).toEqual([]);
    });
  });

  describe('a foreign origin', () => {
    const origins = [
      'https://evil.example',
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example',
      'null',
    ];
    test.each(origins)('%s is not allowed to read answers', async (origin) => {
      const { token } = await stage.person('Attacked');
      const headers = { ...JSON_BODY, origin, authorization: `Bearer ${token}` };
      const answer = await stage.door.send({ headers, body: ME });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      const asks = { origin, 'access-control-request-method': 'POST' };
      const permission = await stage.door.send({ method: 'OPTIONS', headers: asks });
      expect(permission.headers['access-control-allow-origin']).toBeUndefined();
    });
  });

  describe('a foreign name for this host (DNS rebinding)', () => {
    const hosts = [
      'evil.example',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      'localhost@evil.example',
      '',
    ];
    test.each(hosts)('%j is refused', async (host) => {
      const { port, pathname } = new URL(stage.door.url);
      const head = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
      const text = `${head}Content-Length: ${ME.length}\r\nConnection: close\r\n\r\n${ME}`;
      const answer = await sendRaw(Number(port), text);
      expect(answer).toMatch(/^HTTP\/1\.1 (400|403|421) /);
      expect(answer).not.toContain('"me"');
    });
  });

  test('two Authorization headers are none of both', async () => {
    const [one, other] = [await stage.person('Attacked'), await stage.person('Attacker')];
    for (const second of [other.token, one.token]) {
      const authorization = [`Bearer ${one.token}`, `Bearer ${second}`];
      const answer = await stage.door.send({ headers: { ...JSON_BODY, authorization }, body: ME });
      expect(answer.status).toBe(401);
      expect(answer.data).toBeNull();
    }
  });

  describe('a body that is no request is refused', () => {
    const deep = '['.repeat(100_000);
    test.each([
      ['nothing', ''],
      ['no JSON', '{"query":'],
      ['a text', '"{ me { id } }"'],
      ['null', 'null'],
      ['a batch', `[${ME},${ME}]`],
      ['an empty batch', '[]'],
      ['a number as query', '{"query":1}'],
      ['a list as variables', '{"query":"{ me { id } }","variables":[1]}'],
      ['endless brackets', `{"query":"{ me { id } }","variables":${deep}`],
      [
        'endless brackets, closed',
        `{"query":"{ me { id } }","variables":{"x":${deep}${']'.repeat(100_000)}}`,
      ],
      ['endless selections', JSON.stringify({ query: '{ me '.repeat(20_000) })],
      ['endless lists in a document', JSON.stringify({ query: `{ memo(id: ${deep}) { id } }` })],
    ])('%s', async (_, body) => {
      const answer = await stage.door.send({ headers: JSON_BODY, body });
      expect(answer.status).toBeLessThan(500);
      expect(answer.data).toBeNull();
      expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(answer.text).not.toMatch(/node_modules|\.ts:/);
      expect(answer.text.length).toBeLessThan(2_000);
    });
  });

  test('a key named __proto__ changes nothing for others', async () => {
    const body =
      '{"query":"{ me { id } }","variables":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}';
    await stage.door.send({ headers: JSON_BODY, body });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  test.each(['identity, gzip', 'gzip', 'br'])(
    'a body said to be %s is not unpacked',
    async (encoding) => {
      const headers = { ...JSON_BODY, 'content-encoding': encoding };
      const answer = await stage.door.send({ headers, body: ME });
      expect([400, 415]).toContain(answer.status);
    },
  );

  test('answers are for nobody’s cache and say nothing of what we run', async () => {
    const mina = await stage.person('Attacked');
    const { id: padId } = await givenSharedPad(mina);
    await createMemo(mina, { padId });
    const { headers } = await mina.attempt('{ me { id } }');
    expect(headers['cache-control']).toMatch(/no-store/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(Object.keys(headers)).not.toContain('x-powered-by');
    expect(Object.keys(headers)).not.toContain('server');
  });
}
