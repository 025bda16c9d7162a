import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { replaceFile } from '#local/folder/replaceFile.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();

test('replaces a file by a new one that only we may read', async () => {
  const file = join(makeFolder(), 'file');
  writeFileSync(file, 'old');
  chmodSync(file, 0o644);
  await replaceFile(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, '..'))).toEqual(['file']);
});

test('what a crash left unfinished is no obstacle', async () => {
  const file = join(makeFolder(), 'file');
  writeFileSync(`${file}.tmp`, 'half');
  await replaceFile(file, 'whole');
  expect(readFileSync(file, 'utf8')).toBe('whole');
});

test('when it fails, the old file is as it was', async () => {
  const file = join(makeFolder(), 'file');
  mkdirSync(file);
  writeFileSync(join(file, 'inside'), 'old');
  await expect(replaceFile(file, 'new')).rejects.toThrow();
  expect(readFileSync(join(file, 'inside'), 'utf8')).toBe('old');
});
