import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inlinedFonts } from './inlinedFonts.js';

const ENTRY_POINTS = {
  main: 'web/playground/main.tsx',
  'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
  'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
};

/**
 * Writes the playground of the project at `root` into `folder`: index.html and, in a folder named
 * after `key`, everything it loads. A new key gives new addresses, so all but index.html may be
 * cached for ever.
 */
export async function bundlePlayground({ root, folder, key }) {
  const assets = join(folder, 'assets', key);
  await mkdir(assets, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ENTRY_POINTS,
    outdir: assets,
    bundle: true,
    minify: true,
    format: 'esm',
    // Page and workers share what both use: graphql and the core of Monaco.
    splitting: true,
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff2': 'file' },
    chunkNames: '[name]-[hash]',
    assetNames: 'fonts/[name]-[hash]',
    legalComments: 'linked',
    plugins: [inlinedFonts(), monacoStylesheets()],
  });
  const page = await readFile(join(root, 'web/playground/index.html'), 'utf8');
  await writeFile(join(folder, 'index.html'), page.replaceAll('/assets/', `/assets/${key}/`));
  await copyFile(join(root, 'web/playground/icon.svg'), join(assets, 'icon.svg'));
}

/** esbuild plugin: graphiql/style.css holds the styles of Monaco already. */
function monacoStylesheets() {
  return {
    name: 'monaco-stylesheets',
    setup(build) {
      build.onLoad({ filter: /monaco-editor[\\/].*\.css$/ }, () => ({ contents: '' }));
    },
  };
}
