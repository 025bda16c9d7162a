import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureLambdas } from '#scripts/build-lambdas.js';
import { BUNDLES } from '#scripts/lambdas/bundles.js';
import { type Aws, CONTENDERS } from '#tests/bench/coldstart/contenders.ts';
import { startCold } from '#tests/bench/coldstart/startCold.ts';
import { type BenchProcess, startProcess } from '#tests/bench/harness/processes.ts';

const STARTED_WITHIN_MS = 60_000;
const functions = CONTENDERS.filter(({ deployed }) => deployed !== undefined);

let folder: string;
let aws: BenchProcess<Aws>;
beforeAll(async () => {
  ({ folder } = await ensureLambdas());
  const file = new URL('../../bench/coldstart/cannedAws.ts', import.meta.url).pathname;
  aws = await startProcess<Aws>({ file });
}, STARTED_WITHIN_MS);
afterAll(() => aws?.stop());

test('every bundle is a function that is tried here', () => {
  expect(functions.map(({ deployed }) => deployed).sort()).toEqual(Object.keys(BUNDLES).sort());
});

describe('a function in a fresh process, with nothing but its bundle and its environment,', () => {
  test.each(functions.map((one) => [one.name, one] as const))(
    'answers its first event without loading fetch: %s',
    (_, contender) => {
      const bundle = pathToFileURL(join(folder, contender.deployed ?? '', 'index.mjs')).href;
      // It throws when the answer isn't the expected one.
      expect(startCold(contender, bundle, aws.details).loadsFetch).toBe(false);
    },
    STARTED_WITHIN_MS,
  );
});
