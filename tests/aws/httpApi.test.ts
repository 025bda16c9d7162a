import { describe, expect, test } from '@jest/globals';
import { type HttpApiEvent, serveHttpApi } from '#aws/httpApi.ts';
import type { HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';

const EVENT: HttpApiEvent = {
  rawPath: '/graphql',
  rawQueryString: 'query=%7Bme%7Bid%7D%7D&a=b',
  headers: { accept: 'application/json', authorization: 'Bearer one' },
  requestContext: { http: { method: 'GET', sourceIp: '192.0.2.1' } },
  isBase64Encoded: false,
};
const OK: HttpResponse = { status: 200, headers: {}, body: '' };

describe('an event of an HTTP API', () => {
  test('becomes the request it was', async () => {
    expect(await requestOf(EVENT)).toEqual({
      method: 'GET',
      path: '/graphql',
      search: '?query=%7Bme%7Bid%7D%7D&a=b',
      headers: EVENT.headers,
      body: '',
      sourceIp: '192.0.2.1',
    });
  });

  test('without a query string has an empty one', async () => {
    expect((await requestOf({ ...EVENT, rawQueryString: '' })).search).toBe('');
  });

  test('has its body as text, though it may come encoded', async () => {
    const body = '{"memo":"메모 ☕"}';
    const encoded = Buffer.from(body).toString('base64');
    expect((await requestOf({ ...EVENT, body })).body).toBe(body);
    expect((await requestOf({ ...EVENT, body: encoded, isBase64Encoded: true })).body).toBe(body);
  });
});

describe('an answer to it', () => {
  test('that is text goes as it is', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await serveHttpApi(async () => ({ status: 201, headers, body: '"메모"' }))(
      EVENT,
    );
    expect(answer).toEqual({ statusCode: 201, headers, body: '"메모"', isBase64Encoded: false });
  });

  test('that is bytes goes encoded', async () => {
    const body = new Uint8Array([0, 255, 10]);
    const answer = await serveHttpApi(async () => ({ ...OK, body }))(EVENT);
    expect(answer).toMatchObject({ body: 'AP8K', isBase64Encoded: true });
  });
});

async function requestOf(event: HttpApiEvent): Promise<HttpRequest> {
  const requests: HttpRequest[] = [];
  await serveHttpApi(async (request) => {
    requests.push(request);
    return OK;
  })(event);
  return requests[0] as HttpRequest;
}
