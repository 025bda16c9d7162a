import { expect, test } from '@jest/globals';
import { readAll } from '#scripts/build-resolvers.js';
import { checkTypes, refuseTypes } from '#scripts/resolvers/checkTypes.js';
import { describeFiles, WIRING_FILE } from '#scripts/resolvers/describeFiles.js';

const TAKES_LONG_MS = 30_000;

/** What AppSync would say of one resolver's code. */
const said = (code: string): Promise<string[]> => checkTypes(new Map([['Query.memo.js', code]]));

test(
  "the resolvers of the AppSync door pass AppSync's check of types",
  async () => {
    const files = describeFiles(await readAll());
    expect(files.delete(WIRING_FILE)).toBe(true);
    expect(files.size).toBeGreaterThan(60);
    expect(await checkTypes(files)).toEqual([]);
  },
  TAKES_LONG_MS,
);

test.each([
  [
    'a call that leaves out what a parameter takes apart',
    'const refuse = ({ code, details }) => [code, details]; export const a = refuse({ code: 1 });',
    /^Query\.memo\.js\(1,\d+\): error TS2741: Property 'details' is missing/,
  ],
  ['a number that becomes a text', "let n = 1;\nn = 'a';", /^Query\.memo\.js\(2,1\): error TS2322/],
  [
    "a helper of AppSync's that does not exist",
    "import { util } from '@aws-appsync/utils'; util.autoNumber();",
    /error TS2339: Property 'autoNumber' does not exist/,
  ],
  [
    "a wrong argument of a helper of AppSync's",
    "import * as ddb from '@aws-appsync/utils/dynamodb'; ddb.get({ keys: { id: 1 } });",
    /error TS2561: Object literal may only specify known properties, but 'keys'/,
  ],
  ['a global of browsers', 'window.alert();', /error TS2304: Cannot find name 'window'/],
])('%s is refused', async (_what, code, message) => {
  expect((await said(code)).join('\n')).toMatch(message);
  await expect(refuseTypes(new Map([['a.js', code]]))).rejects.toThrow('check of types refuses');
});

test('code that AppSync takes is taken, the console included', async () => {
  const code = `import { util } from '@aws-appsync/utils';
    export const request = (ctx) => ({ payload: util.autoId() ?? console.log(ctx.args) });`;
  expect(await said(code)).toEqual([]);
});
