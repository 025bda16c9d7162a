import { describe, expect, jest, test } from '@jest/globals';
import { graphqlEndpoint } from '#web/playground/graphqlEndpoint.ts';

const ME = { query: '{ me { id } }', variables: { a: 1 }, operationName: null };

describe('graphqlEndpoint', () => {
  test('posts the operation as JSON and gives status and answer back', async () => {
    const fetch = jest.fn(async () => Response.json({ data: { me: null } }, { status: 200 }));
    const post = graphqlEndpoint('/graphql', fetch);
    const reply = await post(ME, { authorization: 'Bearer abc' });
    expect(reply).toEqual({ status: 200, answer: { data: { me: null } } });
    const [url, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];
    expect(url).toBe('/graphql');
    expect(init.method).toBe('POST');
    expect(JSON.parse(String(init.body))).toEqual(ME);
    expect(init.headers).toEqual({
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      authorization: 'Bearer abc',
    });
  });

  test('an answer that is not JSON is an error that says what came', async () => {
    const page = async () =>
      new Response('<h1>Bad gateway</h1>', {
        status: 502,
        headers: { 'content-type': 'text/html' },
      });
    expect(await graphqlEndpoint('/graphql', page)(ME, {})).toEqual({
      status: 502,
      answer: {
        errors: [{ message: 'Expected JSON from /graphql, got HTTP 502 with text/html.' }],
      },
    });
  });

  test('JSON that is no object is an error too', async () => {
    const { answer } = await graphqlEndpoint('/graphql', async () => Response.json(null))(ME, {});
    expect(answer.errors?.[0]?.message).toContain('Expected JSON from /graphql');
  });

  test('a service that can not be reached is an error, not a rejection', async () => {
    const down = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await graphqlEndpoint('/graphql', down)(ME, {})).toEqual({
      status: 0,
      answer: { errors: [{ message: "Can't reach /graphql. Is Memopad still running?" }] },
    });
  });
});
