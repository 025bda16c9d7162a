import './install-if-missing.js';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './requirements.js';

// `npm run dev`: as `npm start`, and again after every edit; memos, keys and ports stay.

const { context } = await import('esbuild');
const { ensurePlayground } = await import('./build-playground.js');
const { serverBundle } = await import('./build-server.js');

const SERVER = join(ROOT, 'dist', 'server-dev.mjs');
const CODEGEN = join(ROOT, 'node_modules/@graphql-codegen/cli/cjs/bin.js');
/** An editor may write several files, or one in several steps. */
const SETTLED_AFTER_MS = 100;
const EXIT_USAGE = 2;
const PARENT_CHECK_MS = 500;

let args = process.argv.slice(2);
let service;
/** Restarts happen one after the other. */
let restarting = Promise.resolve();

await ensurePlayground({ onProgress: console.log });
const bundle = await context({
  ...serverBundle(),
  outfile: SERVER,
  plugins: [{ name: 'restart', setup: (build) => build.onEnd(restartUnlessBroken) }],
});
await bundle.watch();
onEdits('schema', /\.graphql$/, generate);
onEdits('web', /./, rebuildPlayground);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
// npm hands Ctrl-C on, but a `kill` ends only npm.
const npm = process.ppid;
setInterval(() => process.ppid !== npm && end(), PARENT_CHECK_MS).unref();

function restartUnlessBroken({ errors }) {
  if (errors.length > 0) return console.log('The service goes on as it was until this is mended.');
  restart();
}

function restart() {
  restarting = restarting.then(async () => {
    if (service) console.log('\nStarting again with what was edited …');
    await stop();
    service = spawn(process.execPath, [SERVER, ...args], { stdio: 'inherit' });
    service.on('exit', (code) => code === EXIT_USAGE && process.exit(code));
    // Only the first start shall empty the data folder.
    args = args.filter((arg) => arg !== '--reset');
  });
}

async function stop() {
  if (!service || service.exitCode !== null || service.signalCode !== null) return;
  const exited = once(service, 'exit');
  service.kill('SIGTERM');
  await exited;
}

async function end() {
  await stop();
  process.exit(0);
}

function onEdits(folder, names, act) {
  let timer;
  watch(join(ROOT, folder), { recursive: true }, (_event, name) => {
    if (!name || !names.test(name) || name.startsWith('generated')) return;
    clearTimeout(timer);
    timer = setTimeout(act, SETTLED_AFTER_MS);
  });
}

/** What it writes is bundled, and so restarts the service. */
function generate() {
  console.log('The schema was edited: generating what follows from it …');
  execFile(process.execPath, [CODEGEN], { cwd: ROOT }, (error, stdout, stderr) => {
    if (error) console.error(`${stdout}${stderr}`);
  });
}

async function rebuildPlayground() {
  try {
    const { built } = await ensurePlayground({ onProgress: console.log });
    if (built) restart();
  } catch (error) {
    console.error(`The playground can't be built: ${error.message}`);
  }
}
