import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Question, Usage } from './child.ts';

const READY_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 5_000;

/** Which of the two cores a process is kept on: the one measured, or the one of everything else. */
export type Core = 0 | 1;

/** Whether processes can be kept on cores here. */
export const canPin = spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

export interface ProcessOptions {
  /** The program: a TypeScript file that calls `answerBench`. */
  readonly file: string;
  /** Any core when left out, or when there is no `taskset`. */
  readonly core?: Core | undefined;
  /** Handed over in the variable BENCH_OPTIONS, as JSON. */
  readonly options?: unknown;
}

export interface BenchProcess<Details> {
  readonly details: Details;
  usage(): Promise<Usage>;
  /** Hands over a task and waits for what comes of it. */
  run<Output>(input: unknown, withinMs: number): Promise<Output>;
  stop(): Promise<void>;
}

const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts a process and waits until it is ready. */
export async function startProcess<Details>(
  options: ProcessOptions,
): Promise<BenchProcess<Details>> {
  const child = spawnPinned(options);
  const details = (await waitUntilReady(child, options.file)) as Details;
  const ask = createAsk(child, options.file);
  return {
    details,
    usage: () => ask({ kind: 'usage' }, 10_000),
    run: (input, withinMs) => ask({ kind: 'task', input }, withinMs),
    stop: () => stop(child),
  };
}

/** Command and arguments that run a program, TypeScript or JavaScript, kept on a core. */
export function nodeCommand(file: string, core: Core | undefined): [string, string[]] {
  const loader = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const node = [process.execPath, ...profiling(core), ...loader, file];
  if (core === undefined || !canPin) return [process.execPath, node.slice(1)];
  return ['taskset', ['-c', String(core), ...node]];
}

/** With a folder in BENCH_PROFILE, every measured process leaves a CPU profile there. */
function profiling(core: Core | undefined): string[] {
  const folder = process.env.BENCH_PROFILE;
  return core === 0 && folder ? ['--cpu-prof', '--cpu-prof-dir', folder] : [];
}

function spawnPinned({ file, core, options = {} }: ProcessOptions): ChildProcess {
  const [command, args] = nodeCommand(file, core);
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      // The gateway otherwise exports metrics to its maker, and nothing here may leave the machine.
      APOLLO_TELEMETRY_DISABLED: 'true',
      BENCH_OPTIONS: JSON.stringify(options),
    },
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

async function waitUntilReady(child: ChildProcess, file: string): Promise<unknown> {
  const first = await withTimeout(firstWord(child), READY_WITHIN_MS, `${file} to be ready`).catch(
    async (error) => {
      await stop(child);
      throw error;
    },
  );
  if (first?.kind !== 'ready') throw new Error(`${file} ended before it was ready.`);
  return first.details;
}

async function firstWord(child: ChildProcess): Promise<Answer | undefined> {
  const ended = once(child, 'exit').then(() => undefined);
  const spoke = once(child, 'message').then(([word]) => word as Answer);
  return Promise.race([spoke, ended]);
}

type QuestionWithoutId =
  | { readonly kind: 'usage' }
  | { readonly kind: 'task'; readonly input: unknown };

function createAsk(child: ChildProcess, file: string) {
  let id = 0;
  return async <Output>(question: QuestionWithoutId, withinMs: number): Promise<Output> => {
    id += 1;
    const answer = waitForAnswer(child, id, file);
    child.send({ ...question, id } satisfies Question);
    const reply = await withTimeout(answer, withinMs, `${file} to answer`);
    if (reply.kind === 'failed') throw new Error(`${file}: ${reply.reason}`);
    return (reply.kind === 'done' ? reply.output : undefined) as Output;
  };
}

function waitForAnswer(child: ChildProcess, id: number, file: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const listen = (answer: Answer) => {
      if (answer.kind === 'ready' || answer.id !== id) return;
      child.off('message', listen);
      child.off('exit', ended);
      resolve(answer);
    };
    const ended = () => reject(new Error(`${file} ended while it was asked.`));
    child.on('message', listen);
    child.once('exit', ended);
  });
}

/** Closing the channel is what ends a process of the bench; one that hangs is killed. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  const killer = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
  await exited;
  clearTimeout(killer);
}

async function withTimeout<Value>(
  promise: Promise<Value>,
  withinMs: number,
  what: string,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `Waited ${withinMs} ms for ${what}.`;
    timer = setTimeout(() => reject(new Error(message)), withinMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
