import { useState } from 'react';

/** Something a person started that may fail: whether it is under way, and what went wrong. */
export interface Attempt {
  readonly busy: boolean;
  readonly failure: string | null;
  start(action: () => Promise<unknown>): void;
}

export function useAttempt(): Attempt {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function run(action: () => Promise<unknown>) {
    setBusy(true);
    setFailure(null);
    try {
      await action();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }

  return { busy, failure, start: (action) => void run(action) };
}
