import { execFile } from 'node:child_process';
import { describe, expect, jest, test } from '@jest/globals';
import { parseFlags, runCommand } from '#scripts/commandLine.ts';

jest.setTimeout(60_000);

const TSX = 'node_modules/tsx/dist/cli.mjs';

/** What a command that `npm run` knows does with these arguments. */
function run(file: string, ...args: string[]): Promise<{ code: unknown; stderr: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [TSX, file, ...args], (error, _, stderr) =>
      done({ code: error?.code ?? 0, stderr }),
    );
  });
}

describe('a command', () => {
  test.each([
    'tests/parity/main.ts',
    'tests/chaos/main.ts',
    'tests/bench/main.ts',
    'scripts/smokeAmplify.ts',
    'scripts/watch.ts',
    'scripts/import.ts',
  ])('%s says what it does not know, and how it is used', async (file) => {
    const { code, stderr } = await run(file, '--nonsense');
    expect(stderr).toMatch(/^Unknown option '--nonsense'.*\n\n(Usage: )?npm run [a-z:]+ -- /);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(2);
  });

  test('that fails is no matter of the command line', async () => {
    const failing = runCommand('usage', () => Promise.reject(new Error('failed')));
    await expect(failing).rejects.toThrow('failed');
  });

  test('gets its flags, and gives its exit code', async () => {
    const options = { seed: { type: 'string' } } as const;
    const { values } = parseFlags({ args: ['--seed', '7'], options });
    expect(await runCommand('usage', async () => Number(values.seed))).toBe(7);
  });
});
