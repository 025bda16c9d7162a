import type { AnswerError, AppSyncAnswer } from '#client/appsyncAnswer.ts';
import type { Batch } from '#client/batch.ts';
import { codeOf, isPassing } from '#client/refusal.ts';
import type { Result } from '#client/watch.ts';
import { errorOf } from './errors.ts';
import { Intake, type IntakeOptions } from './intake.ts';
import type { Line, Operation } from './line.ts';
import type { Message } from './protocol.ts';

export interface AppSyncWatchOptions extends IntakeOptions {
  readonly line: Pick<Line, 'add' | 'renew'>;
  /** Runs a query with the connection's token. */
  readonly ask: (
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ) => Promise<AppSyncAnswer>;
  /** How long it may be silent before the log is asked: milliseconds. */
  readonly checkMs: number;
  /** Has the next token be a new one. */
  readonly refuseToken: () => void;
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
  readonly #intake: Intake;
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
    this.#query = options.document.query.replace(/\bsubscription\b/, 'query');
    this.#intake = new Intake(options);
    this.#leave = options.line.add(this);
  }

  start() {
    return { query: this.#options.document.query, variables: this.#intake.variables };
  }

  onStarted(): void {
    this.#intake.isLive = true;
    this.#silentMs = FIRST_CHECK_MS;
    this.#readOn();
  }

  onLost(): void {
    this.#intake.lose();
    clearTimeout(this.#timer);
  }

  onData({ data, errors }: NonNullable<Message['payload']>): void {
    const intake = this.#intake;
    const batch = intake.batchOf(data);
    const isWhole = batch && !errors && intake.cursor !== undefined;
    const isTaken = isWhole && intake.take({ data: data as Result['data'] }, batch, false);
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

  #readOn(): void {
    this.#again = true;
    if (!this.#isReading) void this.#read();
  }

  /** Reads the log behind the cursor to its end. */
  async #read(): Promise<void> {
    const intake = this.#intake;
    this.#isReading = true;
    clearTimeout(this.#timer);
    while (this.#again && intake.isLive && !this.#isOver) {
      this.#again = false;
      const asked = intake.cursor;
      const { data, errors } = await this.#options.ask(this.#query, { ...intake.variables });
      if (this.#isOver || !intake.isLive) break;
      const batch = intake.batchOf(data);
      if (batch && this.#takePage(data, batch, errors, asked)) continue;
      this.#leave();
      this.onLost();
      this.#fail(batch ? errorOf('INTERNAL', 'Expected a page that goes on.') : errors);
      break;
    }
    this.#isReading = false;
    if (intake.isLive && !this.#isOver) this.#checkLater();
  }

  /** @returns whether it leads anywhere: one that neither goes on nor says that it is the end does not */
  #takePage(
    data: AppSyncAnswer['data'],
    batch: Batch,
    errors: readonly AnswerError[],
    asked: unknown,
  ): boolean {
    const isFresh = this.#intake.cursor === asked;
    const result = { data, ...(errors.length > 0 && { errors }) } as Result;
    const isTaken = this.#intake.take(result, batch, isFresh);
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
