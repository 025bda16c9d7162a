import { describe, expect, test } from '@jest/globals';
import { useEvaluation } from '#tests/support/evaluation.ts';

const evaluation = useEvaluation();

const resultOf = async (expression: string) => (await run(`return ${expression};`)).result;

const run = (body: string) =>
  evaluation.evaluate(
    `import { util, runtime } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
export function request(ctx) { ${body} }
export function response(ctx) { return ctx.result; }`,
    'request',
  );

/** Documented, but never recorded: it is what the sandbox does, and what our resolvers rely on. */
describe('AppSync, as we understand its documentation,', () => {
  test.each([
    ['5 & 3', 1],
    ['(1 << 31) >>> 0', 2_147_483_648],
    ['0xffffffff ^ 0', -1],
    ["[...'한😀'].length", 2],
    ["'a,b'.split(',')", ['a', 'b']],
    ["['b', 'a', 'B'].sort()", ['B', 'a', 'b']],
    ['[1, 2, 3].reduce((sum, n) => sum + n, 0)', 6],
    ["Object.hasOwn({ a: 1 }, 'a')", true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code's own template
    ['`${1}-${null}`', '1-null'],
    ["JSON.parse('nonsense')", ''],
    ['util.time.epochMilliSecondsToSeconds(1517476865180)', 1_517_476_865],
    ['util.time.epochMilliSecondsToISO8601(1517476865180)', '2018-02-01T09:21:05.180Z'],
    [
      "util.time.parseFormattedToEpochMilliSeconds('2018-02-01 17:21:05.180+08:00', 'yyyy-MM-dd HH:mm:ss.SSSXXX')",
      1_517_476_865_180,
    ],
    [
      "util.time.epochMilliSecondsToFormatted(1517943695750, 'yyyy-MM-dd HH:mm:ssZ', '+08:00')",
      '2018-02-07 03:01:35+0800',
    ],
    ["util.matches('a*b', 'aaaaab')", true],
    ["util.base64Encode('안녕')", '7JWI64WV'],
    ["util.urlEncode('a b&c')", 'a+b%26c'],
    [
      'util.dynamodb.toMapValues({ a: null, b: [true] })',
      { a: { NULL: null }, b: { L: [{ BOOL: true }] } },
    ],
  ])('makes of %s %j', async (expression, result) => {
    expect(await resultOf(expression)).toEqual(result);
  });

  test('makes ULIDs of 26 characters, in either case', async () => {
    expect(await resultOf('util.autoUlid()')).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i);
  });

  test('makes UUIDs with hyphens', async () => {
    expect(await resultOf('util.autoId()')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
  });

  test('tells the message of util.error', async () => {
    const { error, result } = await run("util.error('No such memo', 'NOT_FOUND', null, { a: 1 });");
    expect(error).toContain('No such memo');
    expect(result).toBeUndefined();
  });

  test('gives what was returned early', async () => {
    expect((await run('runtime.earlyReturn({ a: 1 }); return { b: 2 };')).result).toEqual({ a: 1 });
  });

  test('keeps what is put into the stash', async () => {
    expect((await run('ctx.stash.a = { b: [1] }; return {};')).stash).toEqual({ a: { b: [1] } });
  });

  test.each([
    ['while (false) {}'],
    ['let a = 1; a++;'],
    ["throw 'a';"],
    ['[2, 1].sort((a, b) => a - b);'],
  ])('refuses %s', async (statement) => {
    const { codeErrors, error } = await run(`${statement} return {};`);
    expect([error, ...codeErrors].join()).toMatch(/\w/);
  });
});
