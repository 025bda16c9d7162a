import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildFolder, isBuilt } from './keyedFolder.js';
import { inputsKey } from './playground/inputs.js';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Makes sure that `folder` (dist/playground by default) holds the playground built from what is
 * here now: index.html, to be served at /playground, and assets/. Takes a few milliseconds when it
 * does already. `onProgress` hears what is being done, a sentence at a time.
 */
export async function ensurePlayground({
  onProgress = () => {},
  folder = join(ROOT, 'dist/playground'),
} = {}) {
  const key = await inputsKey(ROOT);
  if (await isBuilt(folder, key)) return { folder, built: false };
  onProgress('Bundling the playground (once, about 5 seconds) …');
  const { bundlePlayground } = await import('./playground/bundle.js');
  await buildFolder({
    folder,
    key,
    build: (aside) => bundlePlayground({ root: ROOT, folder: aside, key }),
  });
  onProgress('The playground is bundled.');
  return { folder, built: true };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  const { folder, built } = await ensurePlayground({ onProgress: console.log });
  const ms = Math.round(performance.now() - started);
  console.log(`${folder}: ${built ? 'built' : 'up to date'} in ${ms} ms`);
}
