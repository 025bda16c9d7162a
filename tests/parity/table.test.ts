import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DIFFERENCES } from '#tests/contract/differences.ts';
import { formatParity } from './table.ts';

test('the README tells the differences as they are listed', () => {
  const readme = readFileSync('README.md', 'utf8');
  const rows = formatParity([], new Map(), Object.values(DIFFERENCES)).split('\n');
  expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
});
