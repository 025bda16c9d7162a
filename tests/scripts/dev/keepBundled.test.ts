import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { keepBundled } from '#scripts/dev/keepBundled.js';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();

test('an edit that breaks a bundle is told, and the one that undoes it, once', async () => {
  const folder = makeFolder();
  const write = (text: string) => writeFileSync(join(folder, 'a.js'), text);
  write('export const a = 1;');
  const happened: string[] = [];
  const bundle = await keepBundled({
    options: {
      absWorkingDir: folder,
      entryPoints: ['a.js'],
      outdir: 'out',
      bundle: true,
      logLevel: 'silent',
    },
    put: async () => void happened.push('put'),
    onBroken: () => happened.push('broken'),
    onMended: () => happened.push('mended'),
  });
  await bundle.rebuild();
  write('export const a = ;');
  await bundle.edited(['a.js']);
  write('export const a = 1;');
  await bundle.edited(['a.js']);
  await bundle.edited(['a.js']);
  await bundle.end();
  expect(happened).toEqual(['put', 'broken', 'mended', 'put', 'put']);
});
