import { join, resolve } from 'node:path';
import { MODULES } from './check/language.js';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Bundles resolver files to what AppSync is given: one module each, with what it imports but AppSync's
 * own modules. Names and lines stay readable; newer syntax becomes older where APPSYNC_JS wants that.
 * @param files from the folder
 * @returns {Promise<Map<string, string>>} the code by file
 */
export async function bundleCode(folder, files) {
  if (files.length === 0) return new Map();
  const { build } = await import('esbuild');
  const { outputFiles } = await build({ ...codeBundles(folder, files), write: false });
  return codeOf(files, outputFiles);
}

/** esbuild's options: the n-th file becomes `<n>.js`. */
export function codeBundles(folder, files) {
  return {
    absWorkingDir: ROOT,
    entryPoints: files.map((file, index) => ({ in: join(resolve(folder), file), out: `${index}` })),
    outdir: 'code',
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    // Newer: separators in numbers and `??=`, which AppSync's list doesn't name.
    target: 'es2020',
    external: [...MODULES],
    treeShaking: true,
    legalComments: 'none',
    logLevel: 'warning',
  };
}

/**
 * The code by file. Each begins with its file's name: for people who see it on AWS, and because CDK takes
 * files that hold the same for one.
 */
export function codeOf(files, outputFiles) {
  const texts = new Map(outputFiles.map(({ path, text }) => [/(\d+)\.js$/.exec(path)[1], text]));
  return new Map(files.map((file, index) => [file, `// ${file}\n${texts.get(`${index}`)}`]));
}
