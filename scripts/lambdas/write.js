import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The bundles of a build, by name. */
export function bundlesOf({ outputFiles }) {
  return outputFiles.map(({ path, contents, hash }) => ({
    name: basename(dirname(path)),
    contents,
    hash,
  }));
}

/** Writes a bundle to `<folder>/<name>/index.mjs`, at once in place. */
export async function writeBundle(folder, { name, contents }) {
  const file = join(folder, name, 'index.mjs');
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, file);
}

/** Bytes of a bundle as it is and as Lambda fetches it, compressed. */
export async function sizeOf(folder, name) {
  const contents = await readFile(join(folder, name, 'index.mjs'));
  const compressed = await promisify(gzip)(contents, { level: 9 });
  return { raw: contents.length, gzip: compressed.length };
}
