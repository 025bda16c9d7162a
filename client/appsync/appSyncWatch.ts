import type { Sink, SubscribePayload } from 'graphql-ws';
import type { AnswerError, AppSyncAnswer } from '#client/appsyncAnswer.ts';
import { type Batch, judge, withoutFirst } from '#client/batch.ts';
import { codeOf, isPassing } from '#client/refusal.ts';
import type { Result } from '#client/watch.ts';
import type { WatchDocument } from '#client/watchDocument.ts';
import { errorOf } from './errors.ts';
import type { Line, Operation } from './line.ts';
import type { Message } from './protocol.ts';

export interface AppSyncWatchOptions {
  readonly line: Pick<Line, 'add' | 'renew'>;
  /** Runs a query with the connection's token. */
  readonly ask: (
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ) => Promise<AppSyncAnswer>;
  readonly document: WatchDocument;
  readonly payload: SubscribePayload;
  readonly sink: Sink<Result>;
  /** How long it may be silent before the log is asked: milliseconds. */
  readonly checkMs: number;
  /** Has the next token be a new one. */
  readonly refuseToken: () => void;
  /** Something new came. */
  readonly onProgress: () => void;
  /** How long to wait before the given try, from 1, of something that failed. */
  readonly backOffMs: (attempt: number) => number;
}

/** AppSync may lose what it is given right after it has acknowledged a subscription: then it is asked for early. */
const FIRST_CHECK_MS = 1_000;

/**
 * One subscription to a pad's changes through AppSync. What AppSync tells is taken where it joins; at
 * each start, at a gap, and after some silence the log itself is read behind the last change taken.
 */
export class AppSyncWatch implements Operation {
  readonly #options: AppSyncWatchOptions;
  readonly #query: string;
  readonly #variables: Record<string, unknown>;
  #isStarted = false;
  /** Whether the caller knows that it is live, on this connection. */
  #isCaughtUp = false;
  #isReading = false;
  /** Whether the log is to be read once more: what is being read may not hold it. */
  #again = false;
  #failures = 0;
  #isOver = false;
  #silentMs = FIRST_CHECK_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave = () => {};

  constructor(options: AppSyncWatchOptions) {
    this.#options = options;
    const { document, payload, line } = options;
    const { variable, since } = document;
    this.#variables = { ...(since && { [variable]: since }), ...payload.variables };
    this.#query = document.query.replace(/\bsubscription\b/, 'query');
    this.#leave = line.add(this);
  }

  start() {
    return { query: this.#options.document.query, variables: this.#variables };
  }

  onStarted(): void {
    this.#isStarted = true;
    this.#silentMs = FIRST_CHECK_MS;
    this.#readOn();
  }

  onLost(): void {
    this.#isStarted = false;
    this.#isCaughtUp = false;
    clearTimeout(this.#timer);
  }

  onData({ data, errors }: NonNullable<Message['payload']>): void {
    const batch = this.#batchOf(data);
    const isWhole = batch && !errors && this.#cursor !== undefined;
    const isTaken = isWhole && this.#take({ data: data as Result['data'] }, batch, false);
    if (!isTaken) this.#readOn();
    else if (!this.#isReading) this.#checkLater();
  }

  onEnd(errors: readonly AnswerError[]): void {
    this.onLost();
    // Ended by AppSync: a new start tells why.
    if (errors.length === 0) this.#fail(errorOf('INTERNAL', 'The subscription was ended.'));
    else this.#fail(errors);
  }

  /** Ends it, as the caller wishes. */
  dispose(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#options.sink.complete();
  }

  get #cursor(): unknown {
    return this.#variables[this.#options.document.variable] ?? undefined;
  }

  #batchOf(data: unknown): Batch | null | undefined {
    return Object(data)[this.#options.document.key] as Batch | null | undefined;
  }

  /** Gives the caller what is new in a batch. @returns whether it joins what the caller has */
  #take(result: Result, batch: Batch, isFresh: boolean): boolean {
    const { document, sink, onProgress } = this.#options;
    const cursor = this.#cursor;
    const verdict = judge({ cursor, isFresh, isCaughtUp: this.#isCaughtUp }, batch);
    if (verdict.kind !== 'TAKE') return verdict.kind === 'DROP';
    this.#variables[document.variable] = batch.to;
    this.#isCaughtUp ||= this.#isStarted && batch.caughtUp === true;
    if (batch.to !== cursor) onProgress();
    const news = withoutFirst(batch, verdict.skip);
    sink.next({ ...result, data: { ...result.data, [document.key]: news } });
    return true;
  }

  #readOn(): void {
    this.#again = true;
    if (!this.#isReading) void this.#read();
  }

  /** Reads the log behind the cursor to its end. */
  async #read(): Promise<void> {
    this.#isReading = true;
    clearTimeout(this.#timer);
    while (this.#again && this.#isStarted && !this.#isOver) {
      this.#again = false;
      const asked = this.#cursor;
      const { data, errors } = await this.#options.ask(this.#query, { ...this.#variables });
      if (this.#isOver || !this.#isStarted) break;
      const batch = this.#batchOf(data);
      if (batch && this.#takePage(data, batch, errors, asked)) continue;
      this.#leave();
      this.onLost();
      this.#fail(batch ? errorOf('INTERNAL', 'Expected a page that goes on.') : errors);
      break;
    }
    this.#isReading = false;
    if (this.#isStarted && !this.#isOver) this.#checkLater();
  }

  /** @returns whether it leads anywhere: one that neither goes on nor says that it is the end does not */
  #takePage(
    data: AppSyncAnswer['data'],
    batch: Batch,
    errors: readonly AnswerError[],
    asked: unknown,
  ): boolean {
    const isFresh = this.#cursor === asked;
    const isTaken = this.#take(
      { data, ...(errors.length > 0 && { errors }) } as Result,
      batch,
      isFresh,
    );
    this.#failures = 0;
    if (!batch.caughtUp || !isTaken) this.#again = true;
    return batch.caughtUp === true || batch.to !== asked;
  }

  /** The sooner, the shorter ago it began. */
  #checkLater(): void {
    clearTimeout(this.#timer);
    if (this.#options.checkMs === 0) return;
    this.#timer = setTimeout(() => this.#readOn(), this.#silentMs);
    this.#silentMs = Math.min(this.#options.checkMs, 2 * this.#silentMs);
  }

  /** It is off the line. A refused token is replaced once, and trouble that passes waited for. */
  #fail(errors: readonly AnswerError[]): void {
    if (this.#isOver) return;
    const isTokenRefused = codeOf(errors) === 'UNAUTHENTICATED' && this.#failures === 0;
    if (!isTokenRefused && !isPassing(errors)) {
      this.#finish();
      this.#options.sink.error(errors as never);
      return;
    }
    this.#failures += 1;
    const { line, refuseToken, backOffMs } = this.#options;
    this.#timer = setTimeout(() => {
      this.#leave = line.add(this);
    }, backOffMs(this.#failures));
    if (!isTokenRefused) return;
    refuseToken();
    line.renew();
  }

  #finish(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#leave();
  }
}
