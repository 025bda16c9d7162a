import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureResolvers, readAll } from '../build-resolvers.js';
import { describeFiles, MAP, WIRING_FILE } from '../resolvers/describeFiles.js';

const SCHEMA = 'schema/generated/appsync.graphql';
/** What resolvers are made of: they import the rules and keys of these rooms. */
const ROOMS = /^(resolvers|domain|table)\//;

/**
 * Keeps the code of AppSync's resolvers bundled in a folder.
 * @param onBuilt gets the names of the files that have changed
 * @param onRewired called when there are other resolvers, or another schema: the templates say otherwise then
 * @param onBroken called when an edit breaks them, behind the reason
 * @param onMended called when the next edit mends them, also by undoing what broke them
 */
export function keepResolvers({ folder, onBuilt, onRewired, onBroken, onMended, read = readAll }) {
  const written = new Map();
  let building = Promise.resolve();
  let isBroken = false;
  const build = async (hasOtherSchema) => {
    const files = await read().then(describeFiles, explain);
    const wasBroken = isBroken;
    isBroken = !files;
    if (isBroken) return onBroken();
    if (wasBroken) onMended();
    await put(files, hasOtherSchema);
  };
  const put = async (files, hasOtherSchema) => {
    const changed = [...files].filter(([name, text]) => written.get(name) !== text);
    await Promise.all(changed.map(([name, text]) => write(folder, name, text)));
    const isRewired = hasOtherSchema || changed.some(([name]) => name === WIRING_FILE);
    const isFirst = written.size === 0;
    for (const [name, text] of changed) written.set(name, text);
    // What the templates are made from.
    if (isRewired) await ensureResolvers();
    // A map is read when something fails.
    const names = changed.map(([name]) => name).filter((name) => !name.endsWith(MAP));
    if (isRewired && !isFirst) onRewired();
    else if (names.length > 0) onBuilt(names);
  };
  const rebuild = (hasOtherSchema = false) => {
    building = building.then(() => build(hasOtherSchema));
    return building;
  };
  return {
    rebuild,
    /** @param paths of files, from the project's folder */
    async edited(paths) {
      const hasOtherSchema = paths.includes(SCHEMA);
      if (hasOtherSchema || paths.some((path) => ROOMS.test(path))) await rebuild(hasOtherSchema);
    },
  };
}

/** esbuild says itself what it does not like. */
function explain(error) {
  if (!error.errors) console.error(error.message);
}

/** At once in place. */
async function write(folder, name, text) {
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, `${name}.${process.pid}`);
  await writeFile(unfinished, text);
  await rename(unfinished, join(folder, name));
}
