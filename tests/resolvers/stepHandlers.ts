import { randomBytes } from 'node:crypto';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';
import { bundleCode } from '#scripts/resolvers/bundleCode.js';
import { NOW } from '#tests/support/memos.ts';

type Outcome = ReturnType<ReturnType<ReturnType<typeof createSandbox>['load']>['run']>;

/** One step of a pipeline, run alone: what its data source would answer is a matter of the test. */
export interface StepHandlers {
  request(context: object): Outcome;
  response(context: object): Outcome;
}

/** `file`: from resolvers/. The clock stands still at NOW. */
export async function loadStep(file: string): Promise<StepHandlers> {
  const code = (await bundleCode('resolvers', [file])).get(file) ?? '';
  const handlers = createSandbox({ clock: () => NOW, randomBytes, log: () => {} }).load(code);
  const run = (name: 'request' | 'response') => (context: object) =>
    handlers.run(name, { ...EMPTY, ...context }, 'Open ID Connect Authorization');
  return { request: run('request'), response: run('response') };
}

const EMPTY = {
  stash: {},
  arguments: {},
  env: { MEMO_TABLE: 'memos', LIVE_TABLE: 'live' },
  request: { headers: {} },
  info: { selectionSetList: [], selectionSetGraphQL: '' },
};
