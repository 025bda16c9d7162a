import { Worker } from 'node:worker_threads';
import { createLineReader } from './lines.ts';

export interface EnvironmentOptions {
  readonly folder: string;
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  /** Gets every line the function writes, also between invocations. */
  readonly onLine: (line: string) => void;
}

export interface Invocation {
  readonly requestId: string;
  /** The event as JSON. */
  readonly payload: string;
  readonly functionArn: string;
  readonly deadlineMs: number;
  /** For `_X_AMZN_TRACE_ID`. */
  readonly traceId: string;
}

/** What an environment says, or what has become of it. */
export type Reply =
  | { readonly kind: 'READY' }
  | { readonly kind: 'SUCCEEDED'; readonly payload: string }
  | { readonly kind: 'FAILED'; readonly payload: string }
  | { readonly kind: 'FAILED_TO_START'; readonly payload: string }
  | { readonly kind: 'INVALID_EVENT'; readonly message: string }
  | { readonly kind: 'TIMED_OUT' }
  | { readonly kind: 'EXITED'; readonly how: string };

/** One execution environment: one event at a time, everything a module keeps stays between events. */
export interface Environment {
  /** Waits until the code outside the handler has run. */
  initialize(limitMs: number): Promise<Reply>;
  invoke(invocation: Invocation, limitMs: number): Promise<Reply>;
  isAlive(): boolean;
  dispose(): Promise<void>;
}

/** Also where the bundle of this program keeps it: beside itself. */
const RUNTIME = new URL('./runtime.js', import.meta.url);
/** Lambda's runtime leaves about a tenth of the memory for what isn't on V8's heap. */
const HEAP_SHARE = 0.9;
/**
 * V8 grants a worker at its limit 16 MB more to end in. A collection that moves a larger young
 * generation up overruns them, and Node 24 then ends this whole program instead of the worker.
 */
const YOUNG_GENERATION_MB = 16;

type Message = Reply | { readonly kind: 'LOG'; readonly text: string };

/** Starts a worker thread with an environment, a heap and modules of its own. */
export function startEnvironment(options: EnvironmentOptions): Environment {
  const { folder, handler, variables, memoryMb, onLine } = options;
  const worker = new Worker(RUNTIME, {
    workerData: { folder, handler },
    env: { ...variables },
    // Ours would load this program's own hooks; warnings go to the function's log, not to the terminal.
    execArgv: ['--no-warnings'],
    stdout: true,
    stderr: true,
    resourceLimits: {
      maxOldGenerationSizeMb: Math.floor(memoryMb * HEAP_SHARE),
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
    },
  });
  const lines = createLineReader(onLine);
  const mailbox = createMailbox();
  let crash: Error | undefined;
  worker.on('message', (message: Message) => {
    if (message.kind === 'LOG') return lines.add(message.text);
    lines.flush();
    mailbox.put(message);
  });
  worker.on('error', (error) => {
    crash = error;
    // What Node itself would have written before it ended.
    lines.add(`${error.stack ?? error}\n`);
  });
  worker.on('exit', (code) => {
    lines.flush();
    mailbox.close({ kind: 'EXITED', how: describeExit(code, crash) });
  });
  return {
    initialize: (limitMs) => mailbox.take(limitMs),
    invoke(invocation, limitMs) {
      worker.postMessage(invocation);
      return mailbox.take(limitMs);
    },
    isAlive: () => !mailbox.isClosed(),
    async dispose() {
      if (!mailbox.isClosed()) await worker.terminate();
    },
  };
}

/** The words of the process supervisor: https://github.com/aws/aws-lambda-runtime-interface-emulator, internal/lambda/rapid/handlers.go */
function describeExit(code: number, crash: Error | undefined): string {
  if (Object(crash).code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return 'Runtime exited with error: signal: aborted';
  }
  if (code === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${code}`;
}

interface Mailbox {
  put(reply: Reply): void;
  /** Nothing more will come but this, again and again. */
  close(last: Reply): void;
  isClosed(): boolean;
  take(limitMs: number): Promise<Reply>;
}

/** Holds a reply until somebody asks, and whoever asks until there is a reply. */
function createMailbox(): Mailbox {
  const arrived: Reply[] = [];
  let last: Reply | undefined;
  let deliver: ((reply: Reply) => void) | undefined;
  const put = (reply: Reply): void => {
    if (deliver) deliver(reply);
    else arrived.push(reply);
  };
  return {
    put,
    close(reply) {
      last = reply;
      deliver?.(reply);
    },
    isClosed: () => last !== undefined,
    take(limitMs) {
      const waiting = arrived.shift() ?? last;
      if (waiting) return Promise.resolve(waiting);
      return new Promise((resolve) => {
        const timer = setTimeout(() => deliver?.({ kind: 'TIMED_OUT' }), limitMs);
        deliver = (reply) => {
          clearTimeout(timer);
          deliver = undefined;
          resolve(reply);
        };
      });
    },
  };
}
