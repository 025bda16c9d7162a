import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const KEY_FILE = 'key.txt';
const IN_THE_WAY = ['ENOTEMPTY', 'EEXIST', 'EPERM'];

/** Whether the folder holds what was built under this key. */
export async function isBuilt(folder, key) {
  return (await keyOf(folder)) === key;
}

/**
 * Has `build` fill a new folder and moves that into the place of `folder`, so that nobody sees half
 * of it and two callers at once both end with a whole one.
 */
export async function buildFolder({ folder, key, build }) {
  const aside = await makeFolderBeside(folder);
  try {
    await build(aside);
    await writeFile(join(aside, KEY_FILE), key);
    await moveIntoPlace({ aside, folder, key });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
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
    if (await isBuilt(folder, key)) return;
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
