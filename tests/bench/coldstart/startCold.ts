import { spawnSync } from 'node:child_process';
import { canPin } from '#tests/bench/harness/processes.ts';
import type { Aws, Contender } from './contenders.ts';

export interface ColdStart {
  /** From the start of the process to the end of the import, and to the first answer. */
  readonly importedMs: number;
  readonly answeredMs: number;
  readonly cpuMs: number;
}

export interface ToldStart extends ColdStart {
  /** Whether Node had to load its `fetch`, which takes half as long as all of ours. */
  readonly loadsFetch: boolean;
}

const PROGRAM = new URL('./coldProcess.js', import.meta.url).pathname;
const TAKES_AT_MOST_MS = 30_000;

/** Starts a function in a fresh process on the measured core and has it answer its first event. */
export function startCold(contender: Contender, bundle: string, aws: Aws): ToldStart {
  const { name, event, expected } = contender;
  const node = [process.execPath, PROGRAM];
  const [command = '', ...args] = canPin ? ['taskset', '-c', '0', ...node] : node;
  const { stdout, stderr } = spawnSync(command, args, {
    env: environmentOf(aws, { bundle, event: event(aws) }),
    encoding: 'utf8',
    timeout: TAKES_AT_MOST_MS,
  });
  const told = stdout.split('\n').at(-1) ?? '';
  if (!told.includes(expected)) throw new Error(`${name} gave no good answer: ${told} ${stderr}`);
  return JSON.parse(told);
}

/** What the template and Lambda itself would set. */
function environmentOf({ origin }: Aws, options: object): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    BENCH_OPTIONS: JSON.stringify(options),
    NODE_ENV: 'production',
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: 'AKIABENCH',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_SESSION_TOKEN: 'bench',
    AWS_ENDPOINT_URL: origin,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // A plain bundle would report to its maker.
    APOLLO_TELEMETRY_DISABLED: 'true',
    TABLE_NAME: 'bench',
    LIVE_TABLE_NAME: 'bench-live',
    SOCKET_ENDPOINT: `${origin}/live`,
    DRAIN_QUEUE_URL: `${origin}/drain`,
    GATEWAY_FUNCTION: 'gateway',
    WATCH_FUNCTION: 'watch',
    ISSUER: origin,
    JWKS_URL: `${origin}/.well-known/jwks.json`,
    AUTH_FUNCTION: 'auth',
    MEMO_FUNCTION: 'memo',
    INTROSPECTION: 'off',
    ALLOWED_ORIGINS: '*',
    SIGNING_KEY_ARN: 'arn:aws:kms:ap-northeast-2:000000000000:key/bench',
    SIGN_UPS_PER_HOUR: '20',
    WRONG_PASSWORDS_PER_HOUR: '100',
  };
}
