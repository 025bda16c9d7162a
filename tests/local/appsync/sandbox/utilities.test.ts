import { describe, expect, test } from '@jest/globals';
import { isUlid, ulidTime } from '#domain/viewer/ulid.ts';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';

const NOW = Date.UTC(2026, 0, 31, 9, 30);
const sandbox = createSandbox({
  clock: () => NOW,
  randomBytes: (length) => Uint8Array.from({ length }, (_, index) => 250 - index * 3),
  log: () => {},
});

function outcomeOf(body: string) {
  const code = `import { util, extensions } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
export function request(ctx) { ${body} }`;
  return sandbox.load(code).run('request', { arguments: {} }, 'API Key Authorization');
}

const resultOf = (expression: string) => outcomeOf(`return ${expression};`).value as never;

describe('util', () => {
  test.each([
    ['util.authType()', 'API Key Authorization'],
    ["util.base64Encode('안녕')", '7JWI64WV'],
    ["util.base64Decode('7JWI64WV')", '안녕'],
    ["util.urlEncode('a b&c/한')", 'a+b%26c%2F%ED%95%9C'],
    ["util.urlDecode('a+b%26c')", 'a b&c'],
    [`util.escapeJavaScript("it's \\"é\\"\\n</a>")`, `it\\'s \\"\\u00E9\\"\\n<\\/a>`],
    ["util.matches('a*b', 'aaaaab')", true],
    ["util.matches('a*b', 'aaaaabc')", false],
    ["util.str.normalize('Å', 'nfc')", 'Å'],
    ['util.math.roundNum(2.5)', 3],
    ['util.math.minVal(1, 2)', 1],
    ['util.math.maxVal(1, 2)', 2],
    ["util.http.copyHeaders({ Host: 'a', accept: 'b' })", { accept: 'b' }],
    ['util.dynamodb.toDynamoDB(undefined)', null],
    ['util.dynamodb.toDynamoDB(null)', { NULL: null }],
    ['util.dynamodb.toMapValues({ a: undefined, b: true })', { b: { BOOL: true } }],
    ['util.dynamodb.toStringSet(null)', null],
    [`util.dynamodb.fromS3ObjectJson('{"s3":{"key":"k"}}')`, { key: 'k' }],
  ])('%s is %j', (expression, value) => {
    expect(resultOf(expression)).toEqual(value);
  });

  test('makes identifiers of each kind', () => {
    expect(resultOf('util.autoId()')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    const ulid: string = resultOf('util.autoUlid()');
    expect(isUlid(ulid.toUpperCase())).toBe(true);
    expect(ulidTime(ulid.toUpperCase())).toBe(NOW);
    expect(resultOf('util.autoKsuid()')).toMatch(/^[0-9A-Za-z]{27}$/);
  });

  test('makes random numbers in their range', () => {
    expect(resultOf('util.math.randomDouble()')).toBeLessThan(1);
    expect(resultOf('Math.random()')).toBeGreaterThanOrEqual(0);
    expect([5, 6, 7]).toContain(resultOf('util.math.randomWithinRange(5, 8)'));
  });

  test('appends errors and goes on', () => {
    const outcome = outcomeOf(
      "util.appendError('a', 'B', null, { c: 1 }); util.appendError('d'); return 1;",
    );
    expect(outcome).toMatchObject({
      value: 1,
      outErrors: [
        { message: 'a', errorType: 'B', data: null, errorInfo: { c: 1 } },
        { message: 'd', errorType: null, data: null, errorInfo: null },
      ],
    });
  });

  test("adds headers, but none of AWS's own", () => {
    const { headers } = outcomeOf(
      "util.http.addResponseHeader('a', 1); util.http.addResponseHeaders({ b: 'x', 'x-amz-c': 1, Host: 'd' });",
    );
    expect(headers).toEqual({ a: 1, b: 'x' });
  });

  test('with wrong arguments is a fault of the code', () => {
    expect(outcomeOf('return util.base64Encode(undefined);').error).toMatchObject({ kind: 'code' });
  });
});

test('extensions are calls for the server', () => {
  const body = `extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ padId: { eq: 'p' } }));
    extensions.invalidateSubscriptions({ subscriptionField: 'f', payload: { a: 1 } });`;
  expect(outcomeOf(body).extensions).toEqual([
    {
      name: 'setSubscriptionFilter',
      given: [{ filterGroup: [{ filters: [{ fieldName: 'padId', operator: 'eq', value: 'p' }] }] }],
    },
    { name: 'invalidateSubscriptions', given: [{ subscriptionField: 'f', payload: { a: 1 } }] },
  ]);
});

test('the console writes lines as AWS does', () => {
  expect(outcomeOf("console.log('a', { b: 1 });\n  console.error('c');").logs).toEqual([
    'INFO - code.js:3:40: "a" {"b":1}',
    'ERROR - code.js:4:11: "c"',
  ]);
});

describe('subscription filters', () => {
  const filter = (wish: string) => resultOf(`util.transform.toSubscriptionFilter(${wish})`);
  const groups = (...all: [string, string, unknown][][]) => ({
    filterGroup: all.map((one) => ({
      filters: one.map(([fieldName, operator, value]) => ({ fieldName, operator, value })),
    })),
  });

  test('combine and with or', () => {
    expect(filter("{ a: { eq: 1 }, or: [{ b: { gt: 2 } }, { c: { in: ['x'] } }] }")).toEqual(
      groups(
        [
          ['a', 'eq', 1],
          ['b', 'gt', 2],
        ],
        [
          ['a', 'eq', 1],
          ['c', 'in', ['x']],
        ],
      ),
    );
    expect(filter('{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }')).toEqual(
      groups([
        ['a', 'eq', 1],
        ['b', 'eq', 2],
      ]),
    );
  });

  test('leave out ignored fields, and need one of the rules', () => {
    expect(
      filter("{ a: { eq: 1 }, b: { eq: 2 } }, ['b'], { owner: { eq: 'o' }, team: { eq: 't' } }"),
    ).toEqual(
      groups(
        [
          ['a', 'eq', 1],
          ['owner', 'eq', 'o'],
        ],
        [
          ['a', 'eq', 1],
          ['team', 'eq', 't'],
        ],
      ),
    );
  });

  test('of nothing are nothing', () => {
    expect(filter('null')).toEqual({ filterGroup: [] });
  });
});
