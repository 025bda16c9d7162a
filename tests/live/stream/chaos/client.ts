import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { Crash, type Dice } from './dice.ts';
import type { Sockets } from './sockets.ts';

/** What a resuming client does: it drops what it knows, and comes back where something is missing. */
export interface Client {
  readonly padId: string;
  readonly seen: readonly LoggedChange[];
  readonly cursor: number;
  /** The connection breaks. */
  kill(): void;
  /** Looks whether the log goes on behind what it has, which nothing would tell it otherwise. */
  compare(head: number): void;
  stop(): void;
}

export interface ClientOptions {
  readonly padId: string;
  readonly dice: Dice;
  readonly sockets: Sockets;
  /** Resolves when live; rejects when its function died. */
  readonly subscribe: (connectionId: string, padId: string, since: number) => Promise<void>;
  readonly count: (what: 'gaps' | 'resumes' | 'doubles') => void;
}

let connections = 0;

export function createClient(options: ClientOptions): Client {
  const { padId, dice, sockets, subscribe, count } = options;
  const seen: LoggedChange[] = [];
  let cursor = 0;
  let current = '';
  let stopped = false;
  let behindSince: number | null = null;
  const receive = (connectionId: string, changes: readonly LoggedChange[]): void => {
    if (connectionId !== current) return;
    for (const change of changes) {
      if (change.seq <= cursor) {
        count('doubles');
        continue;
      }
      if (change.seq !== cursor + 1) {
        count('gaps');
        leave();
        return;
      }
      cursor = change.seq;
      seen.push(change);
    }
  };
  const leave = (): void => {
    const left = current;
    current = '';
    if (left === '' || stopped) return;
    count('resumes');
    setTimeout(() => sockets.drop(left), dice.next() * 30);
    setTimeout(connect, dice.next() * 30);
  };
  const connect = (): void => {
    if (stopped || current !== '') return;
    connections += 1;
    const connectionId = `connection${String(connections).padStart(6, '0')}`;
    current = connectionId;
    behindSince = null;
    sockets.open(
      connectionId,
      (changes) => receive(connectionId, changes),
      () => {
        if (connectionId === current) leave();
      },
    );
    subscribe(connectionId, padId, cursor).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
      sockets.drop(connectionId);
    });
  };
  connect();
  return {
    padId,
    seen,
    get cursor() {
      return cursor;
    },
    kill: leave,
    compare(head) {
      // What is on its way gets a moment.
      if (head <= cursor) behindSince = null;
      else if (behindSince === cursor) leave();
      else behindSince = cursor;
    },
    stop: () => {
      stopped = true;
    },
  };
}
