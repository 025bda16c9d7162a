/** Runs a task when there is room for it. */
export type Take = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** Lets at most `most` tasks run at once; the others wait in the order they came. */
export function limitInFlight(most: number): Take {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
