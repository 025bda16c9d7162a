import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs before everything else, as a program or as an import, so it may use nothing but Node itself.

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOCK = join(ROOT, 'package-lock.json');
/** npm's own record of what it has installed. */
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');
/** Ours, so that a usual start compares two short texts. */
const STAMP = join(ROOT, 'node_modules', '.installed-for');
const OLDEST_NODE = [20, 19];

refuseOldNode();
const wanted = describeWanted();
if (!isInstalled(wanted)) install();

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(
    `Memopad needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}. Get one from https://nodejs.org, or with \`nvm install 24\`.`,
  );
  process.exit(1);
}

/** What node_modules shall hold: packages differ by lock, and programs in them by platform. */
function describeWanted() {
  const lock = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  return `${lock} ${process.platform}-${process.arch}`;
}

/** @param {string} wanted */
function isInstalled(wanted) {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return true;
  if (!existsSync(INSTALLED) || !hasEveryPackage()) return false;
  // Somebody ran npm by hand.
  writeFileSync(STAMP, wanted);
  return true;
}

/** Optional packages may be missing: they are for other platforms. */
function hasEveryPackage() {
  const { packages: installed } = readJson(INSTALLED);
  return Object.entries(readJson(LOCK).packages).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' ||
      installed[path]?.version === version ||
      isLeftOut(path, optional ?? devOptional),
  );
}

/** @param {string} path @param {boolean | undefined} optional */
function isLeftOut(path, optional) {
  return optional === true && !existsSync(join(ROOT, path));
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function install() {
  const word = existsSync(INSTALLED) ? 'Updating' : 'Installing';
  console.error(`${word} the packages Memopad needs (npm ci); this may take a minute …`);
  const started = performance.now();
  const { status, error } = runNpm(['ci', '--include=dev', '--include=optional']);
  if (status !== 0) {
    console.error(
      `npm ci did not finish${error ? `: ${error.message}` : ` (exit code ${status})`}. It needs a network, or a filled npm cache; what it said stands above.`,
    );
    process.exit(status || 1);
  }
  writeFileSync(STAMP, wanted);
  console.error(`Installed in ${Math.round((performance.now() - started) / 1000)} s.\n`);
}

/** The very npm that runs us, else the one on the PATH. @param {string[]} args */
function runNpm(args) {
  const options = /** @type {const} */ ({ cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return spawnSync(process.execPath, [npm, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
