import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { holdPlaces } from '#scripts/dev/holdPlaces.js';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();

test('each place is an asset of its own to CDK', () => {
  const folder = makeFolder();
  holdPlaces(folder, ['gateway', 'authHttp']);
  const stack = new Stack(new App({ outdir: makeFolder() }));
  const hashes = ['gateway', 'authHttp'].map(
    (name) => new Asset(stack, name, { path: join(folder, name) }).assetHash,
  );
  expect(new Set(hashes).size).toBe(2);
});

test('a bundle that is there is left alone', () => {
  const folder = makeFolder();
  mkdirSync(join(folder, 'gateway'));
  writeFileSync(join(folder, 'gateway/index.mjs'), 'bundled');
  holdPlaces(folder, ['gateway']);
  expect(readFileSync(join(folder, 'gateway/index.mjs'), 'utf8')).toBe('bundled');
});
