import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { arePackagesInstalled, isNodeNewEnough, NODE_WANTED } from './requirements.js';

// `npm run doctor`: says what is missing and how to get it. Installs nothing; exit code 1 when something is missing.

const EXIT_USAGE = 2;
const FLAGS = { 'data-dir': { type: 'string' }, help: { type: 'boolean', short: 'h' } };
const USAGE = `Usage: npm run doctor -- [--data-dir DIR]

Says what Memopad needs on this machine, and what of it is missing; changes nothing.`;

const dataDir = readDataDir();
const { node } = process.versions;
const findings = [
  isNodeNewEnough()
    ? { ok: true, what: `Node ${node}` }
    : {
        ok: false,
        what: `${NODE_WANTED}, got ${node}`,
        remedy: 'https://nodejs.org, or nvm install 24',
      },
  findNpm(),
  arePackagesInstalled()
    ? { ok: true, what: 'The packages are those of package-lock.json' }
    : { ok: false, what: 'The packages of package-lock.json', remedy: 'npm ci' },
];
for (const finding of findings) tell(finding);
if (findings.every(({ ok }) => ok)) await examineTheRest();
process.exit(findings.every(({ ok }) => ok) ? 0 : 1);

function readDataDir() {
  try {
    const { values } = parseArgs({ options: FLAGS });
    if (!values.help) return resolve(values['data-dir'] ?? '.memopad');
    console.log(USAGE);
    return process.exit(0);
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return process.exit(EXIT_USAGE);
  }
}

function tell({ ok, what, remedy }) {
  console.log(ok ? `✓ ${what}` : `✗ Missing: ${what}\n    ${remedy}`);
}

function findNpm() {
  try {
    const options = { encoding: 'utf8', shell: process.platform === 'win32' };
    const version = execFileSync('npm', ['--version'], { ...options, stdio: 'pipe' }).trim();
    return { ok: true, what: `npm ${version}` };
  } catch {
    return { ok: false, what: 'npm on the PATH', remedy: 'It comes with Node: https://nodejs.org' };
  }
}

/** What our own sources can tell, once their packages are there. */
async function examineTheRest() {
  const { register } = await import('tsx/esm/api');
  register();
  const { examine } = await import('./doctor/examine.ts');
  for await (const finding of examine(dataDir)) {
    findings.push(finding);
    tell(finding);
  }
}
