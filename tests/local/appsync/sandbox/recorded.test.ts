import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';

interface Recorded {
  readonly cases: readonly {
    readonly case: string;
    readonly expression: string;
    readonly result: unknown;
    readonly resultIsJsonText?: boolean;
  }[];
}

/** What AWS itself answered: its source stands in the file. */
const { cases }: Recorded = JSON.parse(
  readFileSync(new URL('recorded.json', import.meta.url), 'utf8'),
);
const sandbox = createSandbox({
  clock: Date.now,
  randomBytes: (length) => new Uint8Array(length),
  log: () => {},
});

test('there are recorded cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(20);
});

test.each(cases)('$expression is as AWS has answered', ({ expression, ...recorded }) => {
  const code = `import { util } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
export const request = () => ${expression};`;
  const { value } = sandbox.load(code).run('request', { arguments: {} }, '');
  const parse = (text: unknown) => (recorded.resultIsJsonText ? JSON.parse(String(text)) : text);
  // The order of names is not guaranteed, so texts are compared by what they say.
  expect(parse(value)).toEqual(parse(recorded.result));
});
