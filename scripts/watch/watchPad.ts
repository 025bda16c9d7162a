import type { Client } from 'graphql-ws';
import { describeChange, type WatchedChange } from './describeChange.ts';

export interface WatchPadOptions {
  /** Tells of its connections, or not. */
  readonly client: Pick<Client, 'iterate'> & Partial<Pick<Client, 'on'>>;
  readonly padId: string;
  readonly since?: string | undefined;
  readonly print: (line: string) => void;
}

interface Batch {
  readonly to: string;
  readonly reset: boolean;
  readonly changes: readonly WatchedChange[];
}

const WATCH = `subscription Watch($padId: ID!, $since: String) {
  memoChanges(padId: $padId, since: $since) {
    to reset
    changes { seq kind memoId version truncated padId pad { name } memo { title state } }
  }
}`;

/** Prints a pad's changes as they come. Resolves when the service ends it. @throws Error that says what the service refused */
export async function watchPad({ client, padId, since, print }: WatchPadOptions): Promise<void> {
  const listening = tellConnections(client, print);
  const printBatch = batchPrinter(print);
  const payload = { query: WATCH, variables: { padId, since } };
  try {
    for await (const { data, errors } of client.iterate<Answer>(payload)) {
      if (errors) print(`! ${describeErrors(errors)}`);
      if (data?.memoChanges) printBatch(data.memoChanges);
    }
  } catch (problem) {
    throw problem instanceof Error ? problem : new Error(describeErrors(problem));
  } finally {
    for (const stop of listening) stop();
  }
}

interface Answer {
  readonly memoChanges: Batch | null;
}

/** A batch that only tells that the subscription is live has no new cursor. */
function batchPrinter(print: (line: string) => void): (batch: Batch) => void {
  let cursor: string | undefined;
  return ({ to, reset, changes }) => {
    if (reset) print('! The log no longer reaches back so far: read the memos again.');
    for (const change of changes) print(describeChange(change));
    if (to !== cursor) print(`        cursor ${to}`);
    cursor = to;
  };
}

function tellConnections(
  { on }: WatchPadOptions['client'],
  print: (line: string) => void,
): (() => void)[] {
  if (!on) return [];
  let isAway = false;
  return [
    on('connected', () => {
      print(isAway ? '· connected again' : '· connected');
      isAway = false;
    }),
    on('closed', () => {
      if (!isAway) print('· connection lost, trying again …');
      isAway = true;
    }),
  ];
}

function describeErrors(errors: unknown): string {
  if (!Array.isArray(errors)) return 'The connection ended for good.';
  return errors
    .map(({ message, extensions }) => `${extensions?.code ?? 'ERROR'}: ${message}`)
    .join('\n');
}
