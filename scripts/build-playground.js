import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inputsKey } from './playground/inputs.js';

const ROOT = resolve(import.meta.dirname, '..');
const KEY_FILE = 'key.txt';
const IN_THE_WAY = ['ENOTEMPTY', 'EEXIST', 'EPERM'];

/**
 * Makes sure that `folder` (dist/playground by default) holds the playground built from what is
 * here now: index.html, to be served at /playground, and assets/. Takes a few milliseconds when it
 * does already. `onProgress` hears what is being done, a sentence at a time.
 *
 * The folder is built aside and moved into place, so nobody sees half of it, and two callers at
 * once both end with a whole one.
 */
export async function ensurePlayground({
  onProgress = () => {},
  folder = join(ROOT, 'dist/playground'),
} = {}) {
  const key = await inputsKey(ROOT);
  if ((await keyOf(folder)) === key) return { folder, built: false };
  onProgress('Bundling the playground (once, about 5 seconds) …');
  const { bundlePlayground } = await import('./playground/bundle.js');
  const aside = await makeFolderBeside(folder);
  try {
    await bundlePlayground({ root: ROOT, folder: aside, key });
    await writeFile(join(aside, KEY_FILE), key);
    await moveIntoPlace({ aside, folder, key });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  onProgress('The playground is bundled.');
  return { folder, built: true };
}

async function keyOf(folder) {
  return readFile(join(folder, KEY_FILE), 'utf8').catch(() => null);
}

async function makeFolderBeside(folder) {
  await mkdir(dirname(folder), { recursive: true });
  return mkdtemp(`${folder}-`);
}

async function moveIntoPlace({ aside, folder, key }) {
  for (;;) {
    try {
      return await rename(aside, folder);
    } catch (error) {
      if (!IN_THE_WAY.includes(error.code)) throw error;
    }
    if ((await keyOf(folder)) === key) return;
    await moveOutOfTheWay(folder);
  }
}

async function moveOutOfTheWay(folder) {
  const old = await makeFolderBeside(folder);
  try {
    // Onto an empty folder, as rename(2) allows. Gone already: another build was faster.
    await rename(folder, old).catch(ignoreMissing);
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}

function ignoreMissing(error) {
  if (error.code !== 'ENOENT') throw error;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  const { folder, built } = await ensurePlayground({ onProgress: console.log });
  const ms = Math.round(performance.now() - started);
  console.log(`${folder}: ${built ? 'built' : 'up to date'} in ${ms} ms`);
}
