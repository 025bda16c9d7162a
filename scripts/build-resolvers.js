import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashInputs } from './hashInputs.js';
import { buildFolder, isBuilt } from './keyedFolder.js';
import { ROOT } from './lambdas/options.js';
import { CODE_CHARACTERS_MAX } from './resolvers/check/language.js';
import { checkFields } from './resolvers/checkFields.js';
import { refuseTypes } from './resolvers/checkTypes.js';
import { describeFiles } from './resolvers/describeFiles.js';
import { readResolvers } from './resolvers/readResolvers.js';

const SCHEMA = 'schema/generated/appsync.graphql';
const INPUTS = {
  root: ROOT,
  // What resolvers import, too.
  folders: ['resolvers', 'domain', 'table', 'scripts/resolvers'],
  files: ['package.json', 'package-lock.json', 'scripts/build-resolvers.js', SCHEMA],
};

/**
 * Makes sure that `folder` (dist/resolvers by default) holds the code of what is here now, as AppSync is given
 * it, and its wiring. Takes a few milliseconds when it does already. Throws when APPSYNC_JS doesn't
 * know something of it, or its types don't fit. `onProgress` hears what is being done, a sentence at a time.
 */
export async function ensureResolvers({
  onProgress = () => {},
  folder = join(ROOT, 'dist/resolvers'),
} = {}) {
  const key = await hashInputs(INPUTS);
  if (await isBuilt(folder, key)) return { folder, built: false };
  const resolvers = await readAll();
  const files = describeFiles(resolvers);
  await refuseTypes(new Map([...files].filter(([name]) => name.endsWith('.js'))));
  await buildFolder({ folder, key, build: (into) => writeFiles(into, files) });
  onProgress(describeSizes(resolvers));
  return { folder, built: true };
}

/** The project's resolvers, checked against its schema too. */
export async function readAll() {
  const all = await readResolvers();
  checkFields(all.resolvers, await readFile(join(ROOT, SCHEMA), 'utf8'));
  return all;
}

async function writeFiles(folder, files) {
  await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
}

function describeSizes({ resolvers, functions }) {
  const parts = [...resolvers, ...Object.values(functions)];
  const longest = Math.max(0, ...parts.map(({ code }) => code.length));
  const counts = `${resolvers.length} resolvers, ${Object.keys(functions).length} functions`;
  return `AppSync: ${counts}, the longest of ${longest} characters (of ${CODE_CHARACTERS_MAX} at most)`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  const told = [];
  const { folder, built } = await ensureResolvers({ onProgress: (text) => told.push(text) });
  const ms = Math.round(performance.now() - started);
  told.unshift(`${folder}: ${built ? 'built' : 'up to date'} in ${ms} ms`);
  // Whoever runs us may want the standard output for itself.
  for (const sentence of told) console.error(sentence);
}
