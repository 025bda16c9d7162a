import { resolve } from 'node:path';
import { asModules } from './asModules.js';
import { builtinHttp } from './builtinHttp.js';
import { BUNDLES } from './bundles.js';
import { standIns } from './standIns.js';

export const ROOT = resolve(import.meta.dirname, '../..');

/**
 * esbuild's options for all bundles in one pass: each entry becomes `<name>/index.mjs`.
 *
 * - Names stay as they are written: shorter ones don't start faster, and stack traces in the log are
 *   readable without source maps.
 * - `mainFields` keeps its default: with `module` first, graphql would be there twice.
 * - The target is the oldest Node that a laptop runs these very files on.
 */
export function lambdaBundles() {
  const entries = Object.entries(BUNDLES);
  return {
    absWorkingDir: ROOT,
    entryPoints: entries.map(([name, { entry }]) => ({ in: entry, out: `${name}/index` })),
    outdir: 'bundles',
    outExtension: { '.js': '.mjs' },
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    define: {
      'process.env.NODE_ENV': '"production"',
      'globalThis.process.env.NODE_ENV': '"production"',
    },
    // Packages in CommonJS ask for `require`, which modules don't have.
    banner: {
      js: "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);",
    },
    plugins: [standIns(), asModules(), builtinHttp()],
    logLevel: 'warning',
  };
}
