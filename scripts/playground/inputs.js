import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDERS = ['web/playground', 'scripts/playground'];
// The lock stands for every package in the bundle, and for esbuild.
const FILES = ['package-lock.json', 'scripts/build-playground.js'];

/** A short name for everything that goes into the playground of the project at `root`. */
export async function inputsKey(root) {
  const inFolders = await Promise.all(FOLDERS.map((folder) => filesIn(root, folder)));
  const paths = [...FILES, ...inFolders.flat()].sort();
  const contents = await Promise.all(paths.map((path) => readFile(join(root, path))));
  const hash = createHash('sha256');
  for (const [index, path] of paths.entries()) {
    hash.update(`${path}\0${contents[index].length}\0`).update(contents[index]);
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesIn(root, folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
}
