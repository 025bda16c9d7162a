import type { FormattedExecutionResult, Sink, SubscribePayload } from 'graphql-ws';
import { type Batch, judge, withoutFirst } from './batch.ts';
import { codeOf, isPassing } from './refusal.ts';
import type { WatchDocument } from './watchDocument.ts';

export type Result = FormattedExecutionResult<Record<string, unknown>, unknown>;
export type Subscribe = (payload: SubscribePayload, sink: Sink<Result>) => () => void;

export interface WatchOptions {
  readonly subscribe: Subscribe;
  readonly document: WatchDocument;
  readonly payload: SubscribePayload;
  readonly sink: Sink<Result>;
  readonly line: Line;
  /** Nothing will come of it any more. */
  readonly onOver: (watch: Watch) => void;
}

/** What a watch tells of the connection it goes over. */
export interface Line {
  /** The service answered; `isNew` when the caller has got further. */
  serves(isNew: boolean): void;
  /** Everybody must go on over another connection, with a new token if the last was refused. */
  renew(isTokenRefused: boolean): void;
  /** How long to wait before the given try, from 1, of something the service failed at. */
  backOffMs(attempt: number): number;
}

/** One subscription to a pad's changes. It goes on after the last change the caller got, whatever was lost. */
export class Watch {
  readonly #options: WatchOptions;
  /** graphql-ws sends this very object again after a loss, so that is where the cursor is kept. */
  readonly #payload: SubscribePayload & { variables: Record<string, unknown> };
  #padId = '';
  /** Whether nothing has come over this connection yet. */
  #isFresh = true;
  /** Whether the caller knows that it is live, on this connection. */
  #isCaughtUp = false;
  /** How often in a row the service refused or failed. */
  #failures = 0;
  #isOver = false;
  #end = () => {};

  constructor(options: WatchOptions) {
    this.#options = options;
    const { document, payload } = options;
    const { query, variable, since } = document;
    const variables = { ...(since && { [variable]: since }), ...payload.variables };
    this.#payload = { ...payload, query, variables };
    this.#begin();
  }

  /** From now on it goes over another connection. */
  reconnect(): void {
    this.#isFresh = true;
    this.#isCaughtUp = false;
  }

  /** The cursor after the last change the caller got; undefined while nothing has come over this connection. */
  place(): unknown {
    return this.#isFresh ? undefined : this.#cursor;
  }

  /** Whether something should have come: the logs' `heads` are ahead, or the service hasn't answered at all. */
  isBehind(heads: Readonly<Record<string, unknown>>): boolean {
    const head = heads[this.#padId] as string | undefined;
    const told = { cursor: this.#cursor, isFresh: false, isCaughtUp: true };
    return this.#isFresh || (!!head && judge(told, { from: head, to: head }).kind === 'GAP');
  }

  /** Ends it, as the caller wishes. */
  dispose(): void {
    this.#isOver = true;
    this.#end();
  }

  get #cursor(): unknown {
    return this.#payload.variables[this.#options.document.variable];
  }

  #begin(): void {
    const { subscribe, sink } = this.#options;
    let refusal: unknown;
    this.reconnect();
    this.#end = subscribe(this.#payload, {
      next: (result) => {
        const batch = this.#batchOf(result);
        if (batch) this.#take(result, batch);
        else if (codeOf(result.errors) === 'UNAUTHENTICATED') refusal = result.errors;
        else sink.next(result);
      },
      error: (problem) => this.#stop(problem),
      complete: () => (refusal ? this.#stop(refusal) : this.#finish(() => sink.complete())),
    });
  }

  #batchOf({ data }: Result): Batch | null | undefined {
    return data?.[this.#options.document.key] as Batch | null | undefined;
  }

  #take(result: Result, batch: Batch): void {
    const { document, line, sink } = this.#options;
    const cursor = this.#cursor;
    const progress = { cursor, isFresh: this.#isFresh, isCaughtUp: this.#isCaughtUp };
    const verdict = judge(progress, batch);
    this.#isFresh = false;
    if (verdict.kind === 'GAP') line.renew(false);
    else line.serves(verdict.kind === 'TAKE' && batch.to !== cursor);
    if (verdict.kind !== 'TAKE') return;
    this.#payload.variables[document.variable] = batch.to;
    this.#padId = batch.padId ?? '';
    this.#isCaughtUp ||= batch.caughtUp === true;
    this.#failures = 0;
    const news = withoutFirst(batch, verdict.skip);
    sink.next({ ...result, data: { ...result.data, [document.key]: news } });
  }

  /** It ended without the caller's wish. A refused token is replaced once, and trouble that passes waited for. */
  #stop(problem: unknown): void {
    const { line, sink } = this.#options;
    const isTokenRefused = codeOf(problem) === 'UNAUTHENTICATED' && this.#failures === 0;
    if (this.#isOver || !(isTokenRefused || isPassing(problem))) {
      this.#finish(() => sink.error(problem));
      return;
    }
    this.#failures += 1;
    const timer = setTimeout(() => this.#begin(), line.backOffMs(this.#failures));
    this.#end = () => {
      clearTimeout(timer);
      this.#finish(() => sink.complete());
    };
    if (isTokenRefused) line.renew(true);
  }

  #finish(tell: () => void): void {
    this.#options.onOver(this);
    tell();
  }
}
