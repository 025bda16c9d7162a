import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

test('a run of no test fails, and says so in the closing line', () => {
  const args = ['scripts/test.js', 'tests/there-is-no-such-test'];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stdout).toContain('Expected tests to run, but none did.');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('tests: 0 passed, 1 failed');
  expect(status).toBe(1);
}, 60_000);
