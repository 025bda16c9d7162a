import { basename, join, resolve } from 'node:path';
import { MODULES } from './check/language.js';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Bundles resolver files to what AppSync is given: one module each, with what it imports but AppSync's
 * own modules. Names and lines stay readable; newer syntax becomes older where APPSYNC_JS wants that.
 * @param files from the folder
 * @returns {Promise<Map<string, string>>} the code by file
 */
export async function bundleCode(folder, files) {
  return (await bundleCodeAndMaps(folder, files)).code;
}

/** As `bundleCode`, with the source map of each, which isn't uploaded. */
export async function bundleCodeAndMaps(folder, files) {
  if (files.length === 0) return { code: new Map(), maps: new Map() };
  const { build } = await import('esbuild');
  const options = { ...codeBundles(folder, files), ...WITH_MAPS, write: false };
  const { outputFiles } = await build(options);
  return { code: codeOf(files, outputFiles), maps: mapsOf(files, outputFiles) };
}

const WITH_MAPS = { sourcemap: 'external', sourcesContent: false };

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
  const texts = textsOf(outputFiles, '.js');
  return new Map(files.map((file, index) => [file, `// ${file}\n${texts.get(`${index}.js`)}`]));
}

/** Each knows of the line that the code begins with, and names sources from the project's folder. */
function mapsOf(files, outputFiles) {
  const texts = textsOf(outputFiles, '.map');
  return new Map(
    files.map((file, index) => {
      const map = JSON.parse(texts.get(`${index}.js.map`));
      const sources = map.sources.map((source) => source.replace(/^(\.\.\/)+/, ''));
      return [file, JSON.stringify({ ...map, sources, mappings: `;${map.mappings}` })];
    }),
  );
}

function textsOf(outputFiles, ending) {
  const wanted = outputFiles.filter(({ path }) => path.endsWith(ending));
  return new Map(wanted.map(({ path, text }) => [basename(path), text]));
}
