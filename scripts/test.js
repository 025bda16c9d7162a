import './install-if-missing.js';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './requirements.js';

// `npm test`: lint, types, then every test; `npm test -- tests/local` runs only those tests.

const JEST = 'node_modules/jest/bin/jest.js';
const JEST_NODE_FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const CHECKS = [
  ['lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
  ['types', ['node_modules/typescript/bin/tsc']],
  ['types of the web pages', ['node_modules/typescript/bin/tsc', '-p', 'web']],
];

const chosen = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };
if (chosen.length === 0) for (const [name, args] of CHECKS) check(name, args);
runTests();
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\ntests: ${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exit(counts.failed > 0 ? 1 : 0);

/** One check counts as one test; what it says is shown only when it fails. */
function check(name, args) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  counts[status === 0 ? 'passed' : 'failed'] += 1;
}

function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'memopad-test-'));
  const outputFile = join(folder, 'results.json');
  const reporting = ['--json', `--outputFile=${outputFile}`];
  // Jest leaves one core to the person; two cores need both.
  const args = [...JEST_NODE_FLAGS, JEST, '--maxWorkers=100%', ...reporting, ...chosen];
  // `--json` alone would print the results too.
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ['inherit', 'ignore', 'inherit'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  countTests(outputFile, status);
  rmSync(folder, { recursive: true, force: true });
}

function countTests(outputFile, status) {
  const results = readResults(outputFile);
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  counts.passed += results.numPassedTests;
  counts.skipped += results.numPendingTests + results.numTodoTests;
  if (results.numPassedTests + failed === 0) console.log('✗ Expected tests to run, but none did.');
  // Jest may fail without a failing test: it found none, or it broke.
  counts.failed += failed === 0 && (status !== 0 || results.numPassedTests === 0) ? 1 : failed;
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.log('✗ Jest ended without results.');
    return {
      numPassedTests: 0,
      numFailedTests: 0,
      numRuntimeErrorTestSuites: 0,
      numPendingTests: 0,
      numTodoTests: 0,
    };
  }
}
