import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ensureLambdas } from '#scripts/build-lambdas.js';
import { ROOT } from '#scripts/lambdas/options.js';
import type { Contender } from './contenders.ts';

export interface Bundle {
  readonly url: string;
  readonly rawKb: number;
  readonly gzipKb: number;
}

/** What is deployed, and beside it what esbuild makes of others without being told anything. */
export async function makeBundles(
  contenders: readonly Contender[],
  folder: string,
): Promise<ReadonlyMap<string, Bundle>> {
  const lambdas = await ensureLambdas();
  const plain = contenders.flatMap(({ plain: entry }) => entry ?? []);
  await buildPlain(plain, folder);
  return new Map(
    contenders.map(({ name, plain: entry, deployed = '' }) => [
      name,
      describe(entry ? plainFile(folder, entry) : join(lambdas.folder, deployed, 'index.mjs')),
    ]),
  );
}

async function buildPlain(entries: readonly string[], folder: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [...entries],
    outdir: folder,
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Without it no package in CommonJS would run.
    banner: {
      js: "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);",
    },
    logLevel: 'error',
  });
}

const plainFile = (folder: string, entry: string): string =>
  join(folder, entry.replace(/\.ts$/, '.mjs'));

function describe(file: string): Bundle {
  const contents = readFileSync(file);
  return {
    url: pathToFileURL(file).href,
    rawKb: contents.length / 1024,
    gzipKb: gzipSync(contents, { level: 9 }).length / 1024,
  };
}
