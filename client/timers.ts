import type { Client } from 'graphql-ws';

const LONGEST_MS = 2 ** 31 - 1;

export interface Timers {
  /** Starts a timer, unless one of the same name runs. */
  start(name: string, ms: number, act: () => void): void;
  stop(name: string): void;
  stopAll(): void;
}

export function createTimers(): Timers {
  const running = new Map<string, ReturnType<typeof setTimeout>>();
  const stop = (name: string) => {
    clearTimeout(running.get(name));
    running.delete(name);
  };
  return {
    start(name, ms, act) {
      if (running.has(name)) return;
      const fire = () => {
        running.delete(name);
        act();
      };
      running.set(name, setTimeout(fire, Math.min(ms, LONGEST_MS)));
    },
    stop,
    stopAll: () => [...running.keys()].forEach(stop),
  };
}

/** Timers of a connection: none outlives it. */
export function connectionTimers(client: Pick<Client, 'on'>): Timers {
  const timers = createTimers();
  client.on('closed', timers.stopAll);
  client.on('error', timers.stopAll);
  return timers;
}
