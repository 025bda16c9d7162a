import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// What must be there before anything of ours runs, so this may use nothing but Node itself.

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOCK = join(ROOT, 'package-lock.json');
/** npm's own record of what it has installed. */
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');
/** Ours, so that a usual start compares two short texts. */
const STAMP = join(ROOT, 'node_modules', '.installed-for');
const OLDEST_NODE = { major: 20, minor: 19 };

export const NODE_WANTED = `Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer`;

export function isNodeNewEnough(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor);
}

/** Whether node_modules holds what package-lock.json says, on this platform. */
export function arePackagesInstalled() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wantedStamp()) return true;
  if (!existsSync(INSTALLED) || !hasEveryPackage()) return false;
  // Somebody ran npm by hand.
  stampPackages();
  return true;
}

/** Whether anything was installed here before. */
export function wereAnyPackagesInstalled() {
  return existsSync(INSTALLED);
}

/** Notes that node_modules is what package-lock.json says. */
export function stampPackages() {
  writeFileSync(STAMP, wantedStamp());
}

/** Packages differ by lock, and the programs in them by platform. */
function wantedStamp() {
  const lock = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  return `${lock} ${process.platform}-${process.arch}`;
}

function hasEveryPackage() {
  const { packages: installed } = readJson(INSTALLED);
  return Object.entries(readJson(LOCK).packages).every(
    ([path, wanted]) =>
      path === '' || installed[path]?.version === wanted.version || isForOthers(path, wanted),
  );
}

/** Optional packages are left out where they don't fit the platform. */
function isForOthers(path, { optional = false, devOptional = false }) {
  return (optional || devOptional) && !existsSync(join(ROOT, path));
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
