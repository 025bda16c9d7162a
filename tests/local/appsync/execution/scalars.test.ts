import { describe, expect, test } from '@jest/globals';
import { ask, createTestApi } from '#tests/local/appsync/testApi.ts';

/** What becomes of a value on its way in and out again. */
async function through(scalar: string, value: unknown) {
  const api = createTestApi({
    schema: `type Query { echo(value: ${scalar}): ${scalar} }`,
    code: {
      'Query.echo': `export function request(ctx) { return { payload: ctx.args.value }; }
export function response(ctx) { return ctx.result; }`,
    },
  });
  const query = `query ($value: ${scalar}) { echo(value: $value) }`;
  const { data } = await ask(api, query, { variables: { value } });
  return data ? data.echo : 'refused';
}

describe('what comes in', () => {
  test.each([
    ['AWSDate', ['2026-01-31', '2026-01-31Z', '2024-02-29+09:00'], ['2026-02-29', '2026-1-31', 7]],
    [
      'AWSDateTime',
      ['2026-01-31T09:30Z', '2026-01-31T09:30:00.123456789+09:00'],
      ['2026-01-31T09:30:00', '2026-01-31', '2026-13-01T00:00Z', '2026-02-30T09:30:00Z'],
    ],
    ['AWSTime', ['09:30', '23:59:59.5Z'], ['24:00', '9:30']],
    ['AWSEmail', ['name@example.com'], ['name', 'a b@example.com', 7]],
    ['AWSURL', ['https://example.com/a'], ['example', 7]],
    ['AWSIPAddress', ['127.0.0.1', '::1', '10.0.0.0/8'], ['localhost']],
    ['AWSPhone', ['+82 2-1234-5678'], ['call me']],
    ['AWSTimestamp', [0, 1_769_851_800], ['1769851800', 1.5]],
  ])('%s takes %j, and refuses %j', async (scalar, good, bad) => {
    for (const value of good) expect(await through(scalar, value)).toBe(value);
    for (const value of bad)
      expect([value, await through(scalar, value)]).toEqual([value, 'refused']);
  });

  test('AWSJSON is a text; resolvers see what it says', async () => {
    expect(await through('AWSJSON', '{"a":[1]}')).toBe('{"a":[1]}');
    expect(await through('AWSJSON', '{')).toBe('refused');
  });
});

test('what goes out is checked, too', async () => {
  const api = createTestApi({
    schema: 'type Query { at: AWSDateTime }',
    code: {
      'Query.at': `export function request() { return {}; }
export function response() { return 'yesterday'; }`,
    },
  });
  const { data, errors } = await ask(api, '{ at }');
  expect(data).toEqual({ at: null });
  expect(errors).toMatchObject([{ path: ['at'], message: expect.stringContaining('yesterday') }]);
});
