import { describe, expect, jest, test } from '@jest/globals';
import { appsyncEndpoint } from '#web/playground/appsyncEndpoint.ts';

const PLACE = {
  url: 'http://127.0.0.1:4003/graphql',
  realtime: 'ws://127.0.0.1:4003/graphql/realtime',
  apiKey: 'da2-key',
};
const ME = { query: '{ me { id } }' };

function asked(answer: object, status = 200) {
  const fetch = jest.fn(async () => Response.json(answer, { status }));
  const post = appsyncEndpoint(PLACE, fetch);
  const headers = () => (fetch.mock.calls[0] as unknown as [string, RequestInit])[1].headers;
  return { post, headers };
}

describe('appsyncEndpoint', () => {
  test('sends a token alone, as AppSync wants it', async () => {
    const { post, headers } = asked({ data: { me: null } });
    await post(ME, { Authorization: 'Bearer abc' });
    expect(headers()).toMatchObject({ authorization: 'abc' });
    expect(headers()).not.toHaveProperty('x-api-key');
  });

  test('asks with the API key when nobody is signed in', async () => {
    const { post, headers } = asked({ data: { me: null } });
    await post(ME, {});
    expect(headers()).toMatchObject({ 'x-api-key': 'da2-key' });
  });

  test('lets a key that somebody wrote win', async () => {
    const { post, headers } = asked({ data: null });
    await post(ME, { 'X-Api-Key': 'another' });
    expect(headers()).toMatchObject({ 'x-api-key': 'another' });
  });

  test('reads errors as every door tells them, and keeps what AppSync wrote', async () => {
    const written = {
      data: null,
      errors: [
        { message: 'Wait.', errorType: 'RATE_LIMITED', errorInfo: { retryAfterSeconds: 9 } },
      ],
    };
    expect(await asked(written).post(ME, {})).toEqual({
      status: 200,
      answer: {
        data: null,
        errors: [{ message: 'Wait.', extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 9 } }],
      },
      shown: written,
    });
  });

  test('tells who is refused without a token to sign in, and nobody else', async () => {
    const errors = [
      { message: 'Not Authorized to access pads on type Query', errorType: 'Unauthorized' },
    ];
    const written = { data: { pads: null }, errors };
    const anonymous = await asked(written).post(ME, {});
    expect(anonymous.shown).toEqual({
      extensions: { hint: expect.stringContaining('Sign in') },
      ...written,
    });
    const known = await asked(written).post(ME, { authorization: 'Bearer abc' });
    expect(known.shown).toEqual(written);
    const fine = { data: { signIn: null } };
    expect((await asked(fine).post(ME, {})).shown).toEqual(fine);
  });

  test('a door that can not be reached is an error, not a rejection', async () => {
    const down = () => Promise.reject(new TypeError('Failed to fetch'));
    const { status, answer } = await appsyncEndpoint(PLACE, down)(ME, {});
    expect(status).toBe(0);
    expect(answer.errors?.[0]?.message).toContain("Can't reach http://127.0.0.1:4003/graphql");
  });
});
