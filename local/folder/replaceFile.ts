import { open, rename, rm } from 'node:fs/promises';
import { UNFINISHED } from './writeAtomically.ts';

/**
 * Replaces a file as a whole, as `writeAtomically` does, while everything else goes on. The file that is there after a power cut is whole, but it
 * may be the old one: the folder isn't synced. Nobody else may write the same file meanwhile. Only we may read it.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const unfinished = `${file}${UNFINISHED}`;
  await rm(unfinished, { force: true });
  const handle = await open(unfinished, 'wx', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
    // A new name may come to last before what is in the file does.
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
}
