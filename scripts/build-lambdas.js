import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashInputs } from './hashInputs.js';
import { buildFolder, isBuilt } from './keyedFolder.js';
import { BUNDLES } from './lambdas/bundles.js';
import { lambdaBundles, ROOT } from './lambdas/options.js';
import { bundlesOf, sizeOf, writeBundle } from './lambdas/write.js';

const INPUTS = {
  root: ROOT,
  folders: ['aws', 'domain', 'gateway', 'live', 'schema', 'subgraphs', 'table', 'scripts/lambdas'],
  // The lock stands for every package in the bundles, and for esbuild.
  files: ['package.json', 'package-lock.json', 'scripts/build-lambdas.js'],
};

/**
 * Makes sure that `folder` (dist/lambda by default) holds the Lambda bundles of what is here now:
 * `<name>/index.mjs` each, and what went into them in meta.json. Takes a few milliseconds when it
 * does already. `onProgress` hears what is being done, a sentence at a time.
 */
export async function ensureLambdas({
  onProgress = () => {},
  folder = join(ROOT, 'dist/lambda'),
} = {}) {
  const key = await hashInputs(INPUTS);
  if (await isBuilt(folder, key)) return { folder, built: false };
  onProgress('Bundling the functions (once, about 3 seconds) …');
  await buildFolder({ folder, key, build: buildLambdas });
  for (const sentence of await describeSizes(folder)) onProgress(sentence);
  return { folder, built: true };
}

async function buildLambdas(folder) {
  const { build } = await import('esbuild');
  const result = await build(lambdaBundles());
  await Promise.all(bundlesOf(result).map((bundle) => writeBundle(folder, bundle)));
  await writeFile(join(folder, 'meta.json'), JSON.stringify(result.metafile));
}

async function describeSizes(folder) {
  const kilobytes = (bytes) => `${Math.round(bytes / 1024)} KB`;
  return Promise.all(
    Object.entries(BUNDLES).map(async ([name, { gzipKb }]) => {
      const { raw, gzip } = await sizeOf(folder, name);
      return `${name}: ${kilobytes(raw)}, ${kilobytes(gzip)} compressed (of ${gzipKb} KB at most)`;
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  const { folder, built } = await ensureLambdas();
  const ms = Math.round(performance.now() - started);
  const told = [`${folder}: ${built ? 'built' : 'up to date'} in ${ms} ms`];
  if (!process.argv.includes('--quiet')) told.push(...(await describeSizes(folder)));
  // Whoever runs us may want the standard output for itself.
  for (const sentence of told) console.error(sentence);
}
