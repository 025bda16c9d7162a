import { spawnSync } from 'node:child_process';
import {
  arePackagesInstalled,
  isNodeNewEnough,
  NODE_WANTED,
  ROOT,
  stampPackages,
  wereAnyPackagesInstalled,
} from './requirements.js';

// Runs before everything else, as a program or as an import; silent when there is nothing to do.

if (!isNodeNewEnough()) refuseNode();
if (!arePackagesInstalled()) install();

function refuseNode() {
  console.error(
    `Memopad needs ${NODE_WANTED}; this is Node ${process.versions.node}. Get one from https://nodejs.org, or with \`nvm install 24\`.`,
  );
  process.exit(1);
}

function install() {
  const word = wereAnyPackagesInstalled() ? 'Updating' : 'Installing';
  console.error(`${word} the packages that Memopad needs (npm ci); this may take a minute …`);
  const started = performance.now();
  const { status, error } = runNpm(['ci', '--include=dev', '--include=optional']);
  if (status !== 0) {
    const reason = error ? `: ${error.message}` : ` (exit code ${status})`;
    console.error(
      `npm ci did not finish${reason}. What it said stands above; it needs the network, or a filled npm cache.`,
    );
    process.exit(status || 1);
  }
  stampPackages();
  console.error(`Installed in ${Math.round((performance.now() - started) / 1000)} s.\n`);
}

/** The very npm that runs us, else the one on the PATH. */
function runNpm(args) {
  const options = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] };
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return spawnSync(process.execPath, [npm, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
