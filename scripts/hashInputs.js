import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A short name for everything that goes into a build, of the project at `root`: the files named and
 * every file in the folders. The same contents always give the same name.
 */
export async function hashInputs({ root, folders, files }) {
  const inFolders = await Promise.all(folders.map((folder) => filesIn(root, folder)));
  const paths = [...files, ...inFolders.flat()].sort();
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
