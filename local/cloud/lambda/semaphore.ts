export interface Semaphore {
  /** Runs a task when it is its turn, first come first served. Rejects when closed before that. */
  run<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Rejects everybody who waits and whoever comes later. */
  close(error: Error): void;
}

/** Runs so many tasks at once. */
export function createSemaphore(size: number): Semaphore {
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  let free = size;
  let closed: Error | undefined;
  const enter = async (): Promise<void> => {
    if (closed) throw closed;
    free -= 1;
    if (free >= 0) return;
    await new Promise<void>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
  };
  const leave = (): void => {
    free += 1;
    waiting.shift()?.resolve();
  };
  return {
    async run(task) {
      await enter();
      try {
        return await task();
      } finally {
        leave();
      }
    },
    close(error) {
      closed = error;
      for (const { reject } of waiting.splice(0)) reject(error);
    },
  };
}
