import { watch } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../requirements.js';

/** An editor may write several files, or one in several steps. */
const SETTLED_AFTER_MS = 30;

/** Calls `act` with the paths of the files edited in the folders, all from the project's folder. */
export function onEdits(folders, act) {
  const edited = new Set();
  let timer;
  const settle = () => {
    const paths = [...edited];
    edited.clear();
    act(paths);
  };
  for (const folder of folders) {
    watch(join(ROOT, folder), { recursive: true }, (_event, name) => {
      if (!name) return;
      edited.add(`${folder}/${name.replaceAll('\\', '/')}`);
      clearTimeout(timer);
      timer = setTimeout(settle, SETTLED_AFTER_MS);
    });
  }
}
