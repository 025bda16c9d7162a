import process from 'node:process';

/** A bench process ends by itself after this time, whatever happens to whoever started it. */
const LIFETIME_MS = 15 * 60 * 1000;

/** What the bench asks of a process it started. */
export type Question =
  | { readonly kind: 'usage'; readonly id: number }
  | { readonly kind: 'task'; readonly id: number; readonly input: unknown };

/** What a process tells the bench: once that it is ready, then one answer a question. */
export type Answer =
  | { readonly kind: 'ready'; readonly details: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

/** CPU time since the process started, of all its threads, and the memory it holds now. */
export interface Usage {
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

/** Does what the bench asks for; what it resolves to travels back as JSON. */
export type Task = (input: never) => Promise<unknown>;

/** Tells the bench that this process is ready, answers its questions, and ends together with it. */
export function answerBench(details: unknown, task: Task = refuseTasks): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (question: Question) => {
    void answer(question, task).then((reply) => process.send?.(reply));
  });
  setTimeout(() => process.exit(1), LIFETIME_MS).unref();
  process.send?.({ kind: 'ready', details } satisfies Answer);
}

async function answer(question: Question, task: Task): Promise<Answer> {
  const { id } = question;
  try {
    const output = question.kind === 'usage' ? ownUsage() : await task(question.input as never);
    return { kind: 'done', id, output };
  } catch (error) {
    return { kind: 'failed', id, reason: error instanceof Error ? String(error.stack) : 'unknown' };
  }
}

function ownUsage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() };
}

async function refuseTasks(): Promise<never> {
  throw new Error('This process takes no tasks.');
}
