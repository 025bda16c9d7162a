import { readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../requirements.js';

/** An editor may write several files, or one in several steps. */
const SETTLED_AFTER_MS = 30;

/**
 * Calls `act` with the paths of the files edited below the folders, all from the project's folder.
 * @returns what ends it
 *
 * Watches every folder by itself: with `recursive`, Node 20 on Linux loses a file when an editor
 * puts a new one in its place.
 */
export function onEdits(folders, act, root = ROOT) {
  const edited = new Set();
  const watchers = new Map();
  let timer;
  const settle = () => {
    const paths = [...edited];
    edited.clear();
    act(paths);
  };
  const watchFolder = (folder) => {
    watchers.get(folder)?.close();
    const watcher = watch(join(root, folder), (event, name) => {
      const path = `${folder}/${name}`;
      // It came, or went and came again as another one.
      if (event === 'rename' && isFolder(join(root, path))) watchFolder(path);
      edited.add(path);
      clearTimeout(timer);
      timer = setTimeout(settle, SETTLED_AFTER_MS);
    });
    watcher.on('error', () => {});
    watchers.set(folder, watcher);
    for (const name of readdirSync(join(root, folder))) {
      if (isFolder(join(root, folder, name))) watchFolder(`${folder}/${name}`);
    }
  };
  folders.forEach(watchFolder);
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
