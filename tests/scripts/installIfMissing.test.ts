import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isNodeNewEnough } from '#scripts/requirements.js';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();

/** Does what `npm ci` does, or fails when it is told to. */
const NPM = `
  const { mkdirSync, writeFileSync, existsSync } = require('node:fs');
  console.log('npm ' + process.argv.slice(2).join(' '));
  if (existsSync('offline')) process.exit(7);
  mkdirSync('node_modules', { recursive: true });
  writeFileSync('node_modules/.package-lock.json', require('node:fs').readFileSync('package-lock.json'));
`;

/** A project of nothing but a lock and the scripts, with an npm that notes what it is asked. */
function makeProject() {
  const folder = makeFolder();
  mkdirSync(join(folder, 'scripts'));
  for (const name of ['install-if-missing.js', 'requirements.js']) {
    copyFileSync(join('scripts', name), join(folder, 'scripts', name));
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const npm = join(makeFolder(), 'npm.js');
  writeFileSync(npm, NPM);
  const lock = (version: string) =>
    writeFileSync(
      join(folder, 'package-lock.json'),
      JSON.stringify({
        packages: {
          '': { version: '1.0.0' },
          'node_modules/a': { version },
          'node_modules/for-others': { version: '1.0.0', optional: true },
        },
      }),
    );
  lock('1.0.0');
  const run = () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join('scripts', 'install-if-missing.js')],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, npm_execpath: npm } },
    );
    return { status, stdout, stderr };
  };
  return { folder, lock, run };
}

const SILENT = { status: 0, stdout: '', stderr: '' };
const INSTALL = 'npm ci --include=dev --include=optional\n';

describe('packages', () => {
  test('missing ones are installed with a word about it, and only once', () => {
    const { run } = makeProject();
    const first = run();
    expect(first).toMatchObject({ status: 0, stdout: INSTALL });
    expect(first.stderr).toMatch(/^Installing the packages .*\nInstalled in \d+ s\.\n/);
    expect(run()).toEqual(SILENT);
  });

  test('after the lock has changed they are brought up to it', () => {
    const { run, lock } = makeProject();
    run();
    lock('2.0.0');
    expect(run()).toMatchObject({ stdout: INSTALL, stderr: expect.stringMatching(/^Updating/) });
    expect(run()).toEqual(SILENT);
  });

  test('installed by hand they are taken as they are, without those of other platforms', () => {
    const { run, folder } = makeProject();
    mkdirSync(join(folder, 'node_modules'));
    const installed = { packages: { 'node_modules/a': { version: '1.0.0' } } };
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify(installed));
    expect(run()).toEqual(SILENT);
  });

  test('a folder of an installation that was cut off is installed again', () => {
    const { run, folder } = makeProject();
    mkdirSync(join(folder, 'node_modules', 'a'), { recursive: true });
    expect(run()).toMatchObject({ status: 0, stdout: INSTALL });
  });

  test('of another platform are installed again', () => {
    const { run, folder } = makeProject();
    run();
    const stamp = join(folder, 'node_modules', '.installed-for');
    writeFileSync(stamp, readFileSync(stamp, 'utf8').replace(process.platform, 'other'));
    rmSync(join(folder, 'node_modules', '.package-lock.json'));
    expect(run()).toMatchObject({ stdout: INSTALL });
  });

  test('when npm fails its exit code is kept, and the next time tries again', () => {
    const { run, folder } = makeProject();
    writeFileSync(join(folder, 'offline'), '');
    const { status, stderr } = run();
    expect(status).toBe(7);
    expect(stderr).toContain('npm ci did not finish (exit code 7)');
    expect(existsSync(join(folder, 'node_modules', '.installed-for'))).toBe(false);
    rmSync(join(folder, 'offline'));
    expect(run()).toMatchObject({ status: 0, stdout: INSTALL });
  });
});

describe('Node', () => {
  test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0', '100.0.0'])(
    '%s is new enough',
    (version) => {
      expect(isNodeNewEnough(version)).toBe(true);
    },
  );

  test.each(['20.18.3', '18.20.0', '4.0.0'])('%s is too old', (version) => {
    expect(isNodeNewEnough(version)).toBe(false);
  });
});
