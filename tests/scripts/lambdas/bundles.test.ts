import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { ensureLambdas } from '#scripts/build-lambdas.js';
import { BUNDLES, FORBIDDEN, ONCE } from '#scripts/lambdas/bundles.js';
import { ROOT } from '#scripts/lambdas/options.js';
import { sizeOf } from '#scripts/lambdas/write.js';

const NAMES = Object.keys(BUNDLES);
const parent = mkdtempSync(join(tmpdir(), 'memopad-lambdas-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const folder = join(parent, 'lambda');
const said: string[] = [];
beforeAll(async () => {
  const onProgress = (sentence: string) => said.push(sentence);
  await Promise.all([ensureLambdas({ folder, onProgress }), ensureLambdas({ folder })]);
}, 60_000);

describe('ensureLambdas', () => {
  test('two at once leave one whole set of bundles, and nothing else', () => {
    expect(readdirSync(parent)).toEqual(['lambda']);
    expect(readdirSync(folder).sort()).toEqual([...NAMES, 'key.txt', 'meta.json'].sort());
    for (const name of NAMES) expect(readdirSync(join(folder, name))).toEqual(['index.mjs']);
  });

  test('says what takes a while, and how large each bundle became', () => {
    expect(said[0]).toContain('Bundling the functions');
    for (const name of NAMES) expect(said).toContainEqual(expect.stringContaining(`${name}: `));
  });

  test('has nothing to do the next time', async () => {
    expect(await ensureLambdas({ folder })).toEqual({ folder, built: false });
  });
});

describe.each(NAMES)('the bundle %s', (name) => {
  const inputs = () => inputsOf(name);

  test('keeps to its budget', async () => {
    const { gzip } = await sizeOf(folder, name);
    expect(gzip / 1024).toBeLessThanOrEqual(BUNDLES[name]?.gzipKb ?? 0);
  });

  test.each(FORBIDDEN)('has nothing of $inputs inside: $why', ({ inputs: pattern }) => {
    expect(inputs().filter((path) => pattern.test(path))).toEqual([]);
  });

  test.each(ONCE)('has at most one copy of %s', (packageName) => {
    const own = new RegExp(`^(.*node_modules/${packageName})/(.*)$`);
    const matches = inputs().flatMap((path) => own.exec(path) ?? []);
    const copies = new Set(inputs().flatMap((path) => own.exec(path)?.[1] ?? []));
    expect(copies.size).toBeLessThanOrEqual(1);
    // The same file as a module and as CommonJS would be two copies, too.
    const files = matches.filter((path) => /\.m?js$/.test(path)).map(withoutExtension);
    expect(new Set(files).size).toBe(files.length);
  });

  test('tells nothing of the machine it was built on', () => {
    const text = readFileSync(join(folder, name, 'index.mjs'), 'utf8');
    for (const place of [ROOT, homedir(), tmpdir()]) {
      expect(text.includes(`${place}/`) && place !== '/').toBe(false);
    }
  });
});

const withoutExtension = (path: string): string => path.replace(/\.m?js$/, '');

function inputsOf(name: string): string[] {
  const { outputs }: Metafile = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  const [, output] = Object.entries(outputs).find(([path]) => path.includes(`/${name}/`)) ?? [];
  return Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
}
