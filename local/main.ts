import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { banner } from './banner.ts';
import { withAssetsIn } from './cloud/template/assembly.ts';
import { synthesizeOnce } from './cloud/template/synthesize.ts';
import type { Stack } from './cloud/template/template.ts';
import { HELP, readOptions, type StartOptions, UsageError } from './options.ts';
import { type RunningMemopad, startMemopad } from './start.ts';
import { StartError } from './startError.ts';

/** The project's folder, for this file and for the program bundled in dist/. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STOP_WITHIN_MS = 5_000;
const PARENT_CHECK_MS = 500;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
/** What a shell reports of a program that Ctrl-C ended: 128 + SIGINT. */
const EXIT_INTERRUPTED = 130;

// We say ourselves which versions of Node we run on; the SDK offers no option for this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
await main();

async function main(): Promise<never> {
  // Whoever reads us may be gone (`npm start | head`); that is no reason to stop.
  process.stdout.on('error', () => {});
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (options !== 'help') return process.exit(await run(options));
    console.log(HELP);
    return process.exit(0);
  } catch (error) {
    return process.exit(explain(error));
  }
}

async function run(options: StartOptions): Promise<number> {
  const interrupted = onInterrupt();
  const memopad = await startMemopad(options, {
    say: console.log,
    playgroundFolder: join(ROOT, 'dist/playground'),
    readStacks,
    dynamoDbEndpoint: process.env.DYNAMODB_ENDPOINT || undefined,
  });
  console.log(banner(memopad.endpoints, options));
  interrupted.isReady = true;
  whenCodeIsEdited(memopad);
  const failure = await Promise.race([interrupted.asked, memopad.failed]);
  console.log(failure ?? 'Stopping …');
  await stopInTime(memopad);
  return failure ? EXIT_FAILED : 0;
}

/** The templates; `npm run dev` has the functions' code in a folder of its own. */
async function readStacks(): Promise<Stack[]> {
  const stacks = await synthesizeOnce({ root: ROOT, onProgress: console.log });
  const bundles = process.env.MEMOPAD_BUNDLES;
  return bundles ? stacks.map((stack) => withAssetsIn(bundles, stack)) : stacks;
}

/** `npm run dev` tells us so. */
function whenCodeIsEdited({ replaceCode }: RunningMemopad): void {
  process.on('message', async (message) => {
    const { replaceCode: bundles } = Object(message);
    if (!bundles || !replaceCode) return;
    const startedMs = performance.now();
    await replaceCode(bundles);
    console.log(`Running what was edited (${Math.round(performance.now() - startedMs)} ms).`);
  });
}

/** Ctrl-C, `kill` and a closed terminal stop us in order once we are ready; before that, or a second time, at once: the engine ends with us anyway. */
function onInterrupt(): { readonly asked: Promise<undefined>; isReady: boolean } {
  const state = { asked: Promise.resolve(undefined), isReady: false };
  state.asked = new Promise((resolve) => {
    let times = 0;
    const onSignal = (): void => {
      times += 1;
      if (!state.isReady || times > 1) process.exit(EXIT_INTERRUPTED);
      resolve(undefined);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
    whenNpmIsGone(() => times === 0 && onSignal());
  });
  return state;
}

/** npm hands Ctrl-C on, but a `kill` ends only npm: then nobody would be left to stop us. */
function whenNpmIsGone(act: () => unknown): void {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    act();
  }, PARENT_CHECK_MS).unref();
}

async function stopInTime(memopad: RunningMemopad): Promise<void> {
  setTimeout(() => process.exit(EXIT_FAILED), STOP_WITHIN_MS).unref();
  await memopad.stop();
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${HELP}`);
    return EXIT_USAGE;
  }
  console.error(error instanceof StartError ? error.message : error);
  return EXIT_FAILED;
}
