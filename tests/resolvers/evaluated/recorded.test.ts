import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { useEvaluation } from '#tests/support/evaluation.ts';

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
const evaluation = useEvaluation();

test('there are recorded cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(20);
});

test.each(cases)('$expression is as AWS has answered', async ({ expression, ...recorded }) => {
  const code = `import { util } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
export const request = () => { return ${expression}; };
export const response = (ctx) => { return ctx.result; };`;
  const { result } = await evaluation.evaluate(code, 'request');
  const parse = (text: unknown) => (recorded.resultIsJsonText ? JSON.parse(String(text)) : text);
  // The order of names is not guaranteed, so texts are compared by what they say.
  expect(parse(result)).toEqual(parse(recorded.result));
});
