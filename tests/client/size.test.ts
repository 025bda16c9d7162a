import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';

const BUDGET_BYTES = 3 * 1024;
const APPSYNC_BUDGET_BYTES = 5 * 1024;

async function bundle(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: 'client', loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    metafile: true,
    write: false,
  });
  const [file] = outputFiles;
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [path] : [],
    ),
  );
  return { bytes: gzipSync(file?.contents ?? '').length, inputs };
}

test('the client is less than 3 KB over graphql-ws, and brings nothing but itself', async () => {
  const [alone, live] = await Promise.all([
    bundle("export { createClient } from 'graphql-ws'"),
    bundle("export { createLiveClient } from './createLiveClient.ts'"),
  ]);
  expect(live.bytes - alone.bytes).toBeLessThan(BUDGET_BYTES);
  const foreign = live.inputs.filter(
    (path) => !/^(client\/|node_modules\/graphql-ws\/|<stdin>)/.test(path),
  );
  expect(foreign).toEqual([]);
});

test('the client for AppSync is less than 5 KB, all by itself', async () => {
  const appSync = await bundle(
    "export { createAppSyncClient } from '#client/appsync/createAppSyncClient.ts'",
  );
  expect(appSync.bytes).toBeLessThan(APPSYNC_BUDGET_BYTES);
  const foreign = appSync.inputs.filter((path) => !/^(client\/|<stdin>)/.test(path));
  expect(foreign).toEqual([]);
});
