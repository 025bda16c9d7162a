import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { putProgram, serverBundle } from '../build-server.js';
import { lambdaBundles } from '../lambdas/options.js';
import { bundlesOf, writeBundle } from '../lambdas/write.js';
import { ROOT } from '../requirements.js';
import { keepBundled } from './keepBundled.js';

const NAME = 'server-dev';
const OUT = join(ROOT, 'dist');

/** Keeps the functions bundled in a folder. `onBuilt` gets the names of those that have changed: an edit of a comment changes none. */
export function keepFunctions({ folder, onBuilt, onBroken, onMended }) {
  const written = new Map();
  const put = async (outputFiles) => {
    const changed = bundlesOf({ outputFiles }).filter(
      ({ name, hash }) => written.get(name) !== hash,
    );
    await Promise.all(changed.map((bundle) => writeBundle(folder, bundle)));
    for (const { name, hash } of changed) written.set(name, hash);
    if (changed.length > 0) onBuilt(changed.map(({ name }) => name));
  };
  return keepBundled({ options: lambdaBundles(), put, onBroken, onMended });
}

/** Keeps the program bundled. `onBuilt` gets its file when something in it has changed. */
export function keepProgram({ isOneProcess, onBuilt, onBroken, onMended }) {
  for (const old of readdirSync(OUT)) {
    if (old.startsWith(`${NAME}-`)) rmSync(join(OUT, old));
  }
  let before;
  const put = async (outputFiles) => {
    const now = outputFiles.map(({ path, hash }) => `${path} ${hash}`).join();
    if (now === before) return;
    before = now;
    onBuilt(putProgram(NAME, outputFiles));
  };
  const plugins = isOneProcess ? [] : [WITHOUT_ONE_PROCESS];
  return keepBundled({ options: { ...serverBundle(NAME), plugins }, put, onBroken, onMended });
}

/** Gateway and services are functions then: an edit of them is none of the program. */
const WITHOUT_ONE_PROCESS = {
  name: 'without-one-process',
  setup(build) {
    build.onResolve({ filter: /^\.\/oneProcess\.ts$/ }, ({ path }) => ({ path, external: true }));
  },
};
