import type { Clock } from '#domain/clock.ts';
import { PlainError } from '#domain/errors.ts';
import { changeCursorOf, readChangeCursor } from '#domain/memo/changeCursor.ts';
import type { LogPosition } from '#domain/memo/changeLog.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import type { AskGateway, GatewayAnswer, GatewayError } from './askGateway.ts';
import type { WatchGroup } from './push.ts';
import { SubscriptionRefused } from './refusal.ts';
import { LARGEST_PAGE, makeRunnable, type Runnable } from './runnable.ts';

/** The query ran into trouble that has to do with no document: try again later. */
export class RunFailed extends PlainError {}

export interface RunOptions {
  readonly askGateway: AskGateway;
  readonly subscriptions: Pick<SubscriptionStore, 'document'>;
  readonly clock: Clock;
  readonly makeRequestId: () => string;
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** From 0 to 1, without 1. */
  readonly random: () => number;
}

export interface Stretch {
  readonly from: LogPosition;
  /** How many changes at most, from 1. */
  readonly first: number;
}

/** What a run told. */
export interface Ran {
  readonly from: LogPosition;
  readonly to: LogPosition;
  readonly reset: boolean;
  readonly batch: Readonly<Record<string, unknown>>;
  readonly errors: NonNullable<GatewayAnswer['errors']>;
}

export interface Runs {
  /** @throws RunFailed when the document isn't kept */
  runnable(hash: string): Promise<Runnable>;
  /**
   * Runs a document once: for as much of the stretch as one page holds, or for its first change when
   * a page is too much. @throws RunFailed, or SubscriptionRefused when it can't ever be run
   */
  run(group: Pick<WatchGroup, 'padId'>, runnable: Runnable, stretch: Stretch): Promise<Ran>;
  /**
   * Runs a document that nobody has run yet, for the largest page, so that whatever the gateway takes
   * it will take at every size. @throws as `run`
   */
  tryOut(group: Pick<WatchGroup, 'padId'>, runnable: Runnable, from: LogPosition): Promise<void>;
}

/** Some hundred documents of a few kilobytes. */
const REMEMBERED_DOCUMENTS = 500;

/** How long to wait at most before a part that failed is asked for again: milliseconds. */
const RETRY_DELAYS_MS = [100, 400];

/** Smaller pages are no cure for a gateway that lets us wait, and the function that waits ends itself. */
const GIVEN_UP_AFTER_MS = 10_000;
/** How long changes are told one by one after a page of them was too much. */
const SINGLY_MS = 5 * 60_000;

export function createRuns(options: RunOptions): Runs {
  const { askGateway, subscriptions, clock, makeRequestId, wait, random } = options;
  /** A service that is away for a moment shall cost nobody a memo. */
  const ask: AskGateway = async (request) => {
    for (const delayMs of RETRY_DELAYS_MS) {
      const answer = await askGateway(request);
      if (!answer.errors?.some(isPassing)) return answer;
      await wait(random() * delayMs);
    }
    return askGateway(request);
  };
  const runPage = async ({ padId, runnable, from }: Pages, size: number): Promise<Ran> => {
    const { text, pageSize } = runnable.query(size);
    const since = from.seq === 0 ? '0.0' : changeCursorOf(from);
    const variables = { ...runnable.variables, live_padId: padId, live_since: since };
    const request = { query: text, variables, padId, requestId: makeRequestId() };
    return readAnswer(await ask(request), runnable, from, Math.min(size, pageSize));
  };
  const singly = rememberSingly(clock);
  const remembered = new Map<string, Runnable>();
  return {
    async runnable(hash) {
      const known = remembered.get(hash);
      if (known) return known;
      const document = await subscriptions.document(hash);
      if (!document) throw new RunFailed('Expected the document of a subscription to be kept.');
      const runnable = makeRunnable(document);
      if (remembered.size >= REMEMBERED_DOCUMENTS) remembered.clear();
      remembered.set(hash, runnable);
      return runnable;
    },
    async run({ padId }, runnable, { from, first }) {
      const pages: Pages = { padId, runnable, from };
      const size = singly.has(pages) ? 1 : Math.min(first, LARGEST_PAGE);
      const startedAtMs = clock();
      try {
        return await runPage(pages, size);
      } catch (error) {
        if (size === 1 || clock() - startedAtMs > GIVEN_UP_AFTER_MS) throw error;
        // Many large memos may be too much for one answer, though one of them is not.
        const ran = await runPage(pages, 1);
        singly.add(pages);
        return ran;
      }
    },
    async tryOut({ padId }, runnable, from) {
      const pages: Pages = { padId, runnable, from };
      try {
        await runPage(pages, LARGEST_PAGE);
      } catch (error) {
        if (isOfDocument(error)) throw error;
        await runPage(pages, 1);
      }
    },
  };
}

/** Where the pages of a document are asked for. */
interface Pages {
  readonly padId: string;
  readonly runnable: Runnable;
  readonly from: LogPosition;
}

/** Remembers of which pad a document's pages were too much: all further ones would be asked for twice. */
function rememberSingly(clock: Clock) {
  const until = new Map<string, number>();
  const nameOf = ({ padId, runnable }: Pages): string => `${padId} ${runnable.hash}`;
  return {
    has: (pages: Pages): boolean => clock() < (until.get(nameOf(pages)) ?? 0),
    add(pages: Pages): void {
      if (until.size >= REMEMBERED_DOCUMENTS) until.clear();
      until.set(nameOf(pages), clock() + SINGLY_MS);
    },
  };
}

/** Whether it is refused for what it selects, not for how much there is of it. */
function isOfDocument(error: unknown): boolean {
  if (!(error instanceof SubscriptionRefused)) return false;
  return error.errors.some(({ extensions }) => extensions?.code === 'BAD_USER_INPUT');
}

function isPassing({ extensions }: GatewayError): boolean {
  return extensions?.code === 'INTERNAL' || extensions?.code === 'RATE_LIMITED';
}

/** What no other try makes any better. */
const FINAL: readonly unknown[] = ['BAD_USER_INPUT', 'NOT_FOUND', 'FORBIDDEN', 'PAYLOAD_TOO_LARGE'];

function readAnswer(
  { data, errors = [] }: GatewayAnswer,
  { batchKey, batchFields }: Runnable,
  from: LogPosition,
  first: number,
): Ran {
  const batch = data?.[batchKey] as Ran['batch'] | null | undefined;
  if (!batch) {
    const codes = errors.map(({ extensions }) => extensions?.code);
    if (errors.length > 0 && codes.every((code) => FINAL.includes(code))) {
      throw new SubscriptionRefused(errors);
    }
    throw new RunFailed(`Expected a batch of changes, got ${codes.join(', ') || 'nothing'}.`);
  }
  const end = readChangeCursor(String(batch.live_to));
  if (!end) throw new RunFailed('Expected the cursor that a batch reaches.');
  if (batch.live_reset === true) return { from, to: end, reset: true, batch, errors };
  const count = end.seq - from.seq;
  const lists = [...batchFields].filter(([, field]) => field === 'changes');
  if (lists.some(([key]) => (batch[key] as readonly unknown[]).length !== count)) {
    throw new RunFailed('Expected a batch to hold each change between its cursors.');
  }
  // A page may hold more than was asked for: they are others' to send.
  const to = count > first ? { epoch: end.epoch, seq: from.seq + first } : end;
  return { from, to, reset: false, batch, errors };
}
