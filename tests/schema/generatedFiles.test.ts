import { execFile } from 'node:child_process';
import { expect, test } from '@jest/globals';

const CODEGEN = 'node_modules/@graphql-codegen/cli/cjs/bin.js';

/** Runs the generator without writing, in a process of its own as `npm run codegen` does. */
function listStaleFiles(): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CODEGEN, '--check', '--silent'], (error, stdout, stderr) => {
      resolve(error ? `${stdout}${stderr}` : '');
    });
  });
}

test('every generated file is what `npm run codegen` makes of the schema', async () => {
  const stale = await listStaleFiles();
  const remedy = stale && `${stale}Run \`npm run codegen\` and commit what it writes.`;
  expect(remedy).toBe('');
});
