import { type BenchProcess, type Core, startProcess } from './processes.ts';

export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface LoadTask extends Target {
  /** Request bodies; each connection goes round its own share of them. */
  readonly bodies: readonly string[];
  readonly seconds: number;
  readonly connections: number;
  /** The size of a good reply with its head; one that differs by a tenth counts as a failure. Any size when left out. */
  readonly replyBytes?: number | undefined;
}

export interface LoadTotals {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sends requests from a process of its own. */
export interface LoadGenerator {
  fire(task: LoadTask): Promise<LoadTotals>;
  stop(): Promise<void>;
}

export async function startLoad(core: Core): Promise<LoadGenerator> {
  const file = new URL('./loadProcess.ts', import.meta.url).pathname;
  const child: BenchProcess<null> = await startProcess({ file, core });
  return {
    fire: (task) => child.run(task, (task.seconds + 30) * 1000),
    stop: child.stop,
  };
}
