import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeAtomically } from '#local/folder/writeAtomically.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();

test('replaces a file by a new one that only we may read', () => {
  const file = join(makeFolder(), 'file');
  writeFileSync(file, 'old');
  chmodSync(file, 0o644);
  writeAtomically(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, '..'))).toEqual(['file']);
});

test('what a crash left unfinished is no obstacle', () => {
  const file = join(makeFolder(), 'file');
  writeFileSync(`${file}.tmp`, 'half');
  writeAtomically(file, 'whole');
  expect(readFileSync(file, 'utf8')).toBe('whole');
});

test('when it fails, the old file is as it was', () => {
  const file = join(makeFolder(), 'file');
  mkdirSync(file);
  writeFileSync(join(file, 'inside'), 'old');
  expect(() => writeAtomically(file, 'new')).toThrow();
  expect(readFileSync(join(file, 'inside'), 'utf8')).toBe('old');
});
