import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensurePlayground } from '#scripts/build-playground.js';
import { inputsKey } from '#scripts/playground/inputs.js';

const parent = mkdtempSync(join(tmpdir(), 'memopad-playground-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('ensurePlayground', () => {
  const folder = join(parent, 'playground');
  const said: string[] = [];

  beforeAll(async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'key.txt'), 'outdated');
    writeFileSync(join(folder, 'outdated.js'), '');
    const onProgress = (sentence: string) => said.push(sentence);
    await Promise.all([ensurePlayground({ folder, onProgress }), ensurePlayground({ folder })]);
  }, 60_000);

  test('two at once replace an outdated playground by a whole one, and leave nothing else', () => {
    expect(readdirSync(parent)).toEqual(['playground']);
    expect(readdirSync(folder).sort()).toEqual(['assets', 'index.html', 'key.txt']);
    expect(missingFiles(folder)).toEqual([]);
  });

  test('says what takes a while', () => {
    expect(said[0]).toContain('Bundling the playground');
  });

  test('has nothing to do the next time', async () => {
    expect(await ensurePlayground({ folder })).toEqual({ folder, built: false });
  });

  test('nothing in the page or its styles names another origin to load from', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const [key = ''] = readdirSync(join(folder, 'assets'));
    const styles = readFileSync(join(folder, 'assets', key, 'main.css'), 'utf8');
    expect(page).not.toMatch(/https?:/);
    expect(styles.match(/url\((?!["']?(?:\.\/|data:image\/))[^)]{0,80}/g)).toBeNull();
    expect(styles).not.toContain('@import');
  });
});

const INPUTS = ['client', 'web/playground', 'scripts/playground', 'scripts/build-playground.js'];

describe('inputsKey', () => {
  const root = () => {
    const folder = mkdtempSync(join(parent, 'root-'));
    for (const path of INPUTS) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(path, join(folder, path), { recursive: true });
    }
    writeFileSync(join(folder, 'package-lock.json'), '{}');
    return folder;
  };

  test('is the same for the same inputs, wherever they are', async () => {
    expect(await inputsKey(root())).toBe(await inputsKey(root()));
  });

  test.each([
    ['an edited source', 'web/playground/main.tsx'],
    ['an edited example', 'web/playground/examples/memos.ts'],
    ['a new source', 'web/playground/new.ts'],
    ['another version of a package', 'package-lock.json'],
    ['another way of building', 'scripts/playground/bundle.js'],
  ])('changes with %s', async (_what, path) => {
    const folder = root();
    const before = await inputsKey(folder);
    writeFileSync(join(folder, path), 'changed');
    expect(await inputsKey(folder)).not.toBe(before);
  });
});

/** What index.html and the stylesheet name, but the folder does not hold. */
function missingFiles(folder: string): string[] {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...page.matchAll(/"\/playground\/([^"]+)"/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(2);
  const fonts = named
    .filter((path) => path.endsWith('.css'))
    .flatMap((path) =>
      [...readFileSync(join(folder, path), 'utf8').matchAll(/url\("?\.\/([^")]+)/g)].map(
        ([, font = '']) => join(dirname(path), font),
      ),
    );
  expect(fonts.length).toBeGreaterThan(100);
  return [...named, ...fonts].filter((path) => !existsSync(join(folder, path)));
}
