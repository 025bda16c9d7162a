import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { onEdits } from '#scripts/dev/onEdits.js';
import { useFolders } from '#tests/support/folder.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const makeFolder = useFolders();
let root: string;
let seen: Set<string>;
let stop: () => void;

beforeEach(() => {
  root = makeFolder();
  mkdirSync(join(root, 'room/inner'), { recursive: true });
  mkdirSync(join(root, 'other'));
  write('room/inner/a.ts', '1');
  seen = new Set();
  stop = onEdits(
    ['room'],
    (paths) => {
      for (const path of paths) seen.add(path);
    },
    root,
  );
});
afterEach(() => stop());

const write = (path: string, text: string) => writeFileSync(join(root, path), text);

/** As careful editors save: the new text is there at once or not at all. */
function replace(path: string, text: string): void {
  write(`${path}~`, text);
  renameSync(join(root, `${path}~`), join(root, path));
}

async function expectSeen(path: string): Promise<void> {
  await waitFor(`the edit of ${path}`, () => seen.has(path));
  seen.clear();
}

test('a file is seen each time it is edited, also when a new one takes its place', async () => {
  write('room/inner/a.ts', '2');
  await expectSeen('room/inner/a.ts');
  for (const text of ['3', '4', '5']) {
    replace('room/inner/a.ts', text);
    await expectSeen('room/inner/a.ts');
  }
  write('room/inner/a.ts', '6');
  await expectSeen('room/inner/a.ts');
});

test('files in folders that were made meanwhile are seen, those elsewhere are not', async () => {
  mkdirSync(join(root, 'room/new'));
  await expectSeen('room/new');
  write('other/b.ts', '1');
  write('room/new/c.ts', '1');
  await waitFor('the new file', () => seen.has('room/new/c.ts'));
  expect([...seen].filter((path) => path.startsWith('other'))).toEqual([]);
});

test('a folder that is deleted and made again is watched again', async () => {
  rmSync(join(root, 'room/inner'), { recursive: true });
  await expectSeen('room/inner');
  mkdirSync(join(root, 'room/inner'));
  await expectSeen('room/inner');
  write('room/inner/d.ts', '1');
  await expectSeen('room/inner/d.ts');
});
