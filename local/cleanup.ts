/** What has been opened and must be closed again, the last first. */
export interface Cleanup {
  /** Closes at once what is opened after everything else was closed. */
  add(close: () => unknown): void;
  /** Goes on when something can't be closed. */
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  const steps: (() => unknown)[] = [];
  let hasRun = false;
  const attempt = async (close: () => unknown): Promise<void> => {
    try {
      await close();
    } catch {
      // Whatever it was, the rest must be closed too.
    }
  };
  return {
    add(close) {
      if (hasRun) void attempt(close);
      else steps.push(close);
    },
    async run() {
      hasRun = true;
      for (let step = steps.pop(); step; step = steps.pop()) await attempt(step);
    },
  };
}
