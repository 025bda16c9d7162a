import './install-if-missing.js';
import { spawnSync } from 'node:child_process';
import { ROOT } from './requirements.js';

// `npm run test:aws`: the tests of tests/resolvers/evaluated, asking AWS's EvaluateCode instead of ours.
// It needs credentials that may do appsync:EvaluateCode, and a region; it makes and changes nothing there.

const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
const region = AWS_REGION ?? AWS_DEFAULT_REGION;

if (!region || !hasCredentials(process.env)) {
  console.log(
    'Expected AWS_REGION, and AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, of somebody who may do appsync:EvaluateCode.',
  );
  process.exit(1);
}
console.log(`Evaluating the resolvers on AWS, in ${region}.`);
const { status } = spawnSync(
  process.execPath,
  [...JEST, 'tests/resolvers/evaluated', '--runInBand', ...process.argv.slice(2)],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, AWS_REGION: region, MEMOPAD_EVALUATE: 'aws' },
  },
);
process.exit(status ?? 1);

function hasCredentials({ AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }) {
  return Boolean(AWS_PROFILE || (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY));
}
