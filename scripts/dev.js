import './install-if-missing.js';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { keepFunctions, keepProgram } from './dev/bundles.js';
import { holdPlaces } from './dev/holdPlaces.js';
import { onEdits } from './dev/onEdits.js';
import { keepResolvers } from './dev/resolvers.js';
import { createService } from './dev/service.js';
import { BUNDLES } from './lambdas/bundles.js';
import { ROOT } from './requirements.js';

// `npm run dev`: as `npm start`, and with what was edited after every edit; memos, keys and ports stay.
// An edit of a function's or a resolver's code is run by the service that is running; any other edit starts it again.

const { ensurePlayground } = await import('./build-playground.js');

const FUNCTIONS = join(ROOT, 'dist/lambda-dev');
const CODEGEN = join(ROOT, 'node_modules/@graphql-codegen/cli/cjs/bin.js');
const ROOMS =
  'aws domain gateway infra live local one-process resolvers schema subgraphs table'.split(' ');
const PARENT_CHECK_MS = 500;

const args = process.argv.slice(2);
const broken = new Set();
const isOneProcess = args.includes('--one-process');

await ensurePlayground({ onProgress: console.log });
const service = createService({ args, environment: { MEMOPAD_BUNDLES: FUNCTIONS } });
const bundles = await Promise.all([
  ...(isOneProcess ? [] : [openFunctions(), openResolvers()]),
  keepProgram({ isOneProcess, onBuilt: service.start, ...tellTrouble('program') }),
]);
// The functions first: the program runs them.
for (const bundle of bundles) await bundle.rebuild();
onEdits(ROOMS, (paths) => {
  for (const bundle of bundles) void bundle.edited(paths);
  if (paths.some((path) => /^schema\/[^/]+\.graphql$/.test(path))) generate();
});
onEdits(['web'], rebuildPlayground);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
// npm hands Ctrl-C on, but a `kill` ends only npm.
const npm = process.ppid;
setInterval(() => process.ppid !== npm && end(), PARENT_CHECK_MS).unref();

function openFunctions() {
  holdPlaces(join(ROOT, 'dist/lambda'), Object.keys(BUNDLES));
  return keepFunctions({
    folder: FUNCTIONS,
    onBuilt: service.replaceCode,
    ...tellTrouble('functions'),
  });
}

function openResolvers() {
  return keepResolvers({
    folder: FUNCTIONS,
    onBuilt: service.replaceCode,
    onRewired: service.restart,
    ...tellTrouble('resolvers'),
  });
}

/** One edit may break several bundles, and mend them one after the other. */
function tellTrouble(bundle) {
  return {
    onBroken() {
      broken.add(bundle);
      console.log('The service goes on as it was until this is mended.');
    },
    onMended() {
      broken.delete(bundle);
      if (broken.size === 0) console.log('Mended: the service runs what is there.');
    },
  };
}

/** What it writes is bundled, and so run. */
function generate() {
  console.log('The schema was edited: generating what follows from it …');
  execFile(process.execPath, [CODEGEN], { cwd: ROOT }, (error, stdout, stderr) => {
    if (error) console.error(`${stdout}${stderr}`);
  });
}

async function rebuildPlayground() {
  try {
    const { built } = await ensurePlayground({ onProgress: console.log });
    if (built) service.restart();
  } catch (error) {
    console.error(`The playground can't be built: ${error.message}`);
  }
}

async function end() {
  await service.stop();
  process.exit(0);
}
