import type { Sink, SubscribePayload } from 'graphql-ws';
import { type Batch, judge, withoutFirst } from '#client/batch.ts';
import type { Result } from '#client/watch.ts';
import type { WatchDocument } from '#client/watchDocument.ts';

export interface IntakeOptions {
  readonly document: WatchDocument;
  readonly payload: SubscribePayload;
  readonly sink: Sink<Result>;
  /** Something new came. */
  readonly onProgress: () => void;
}

/** How far a caller is in a pad's log, and what of a batch is news to it. */
export class Intake {
  readonly #options: IntakeOptions;
  /** What the log is asked with, and each subscription starts with: the cursor is among them. */
  readonly variables: Record<string, unknown>;
  /** Whether subscribed: what is read of the log is its end only then. */
  isLive = false;
  /** Whether the caller knows that it is live, on this connection. */
  #isCaughtUp = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
    const { document, payload } = options;
    const { variable, since } = document;
    this.variables = { ...(since && { [variable]: since }), ...payload.variables };
  }

  get cursor(): unknown {
    return this.variables[this.#options.document.variable] ?? undefined;
  }

  /** The connection is gone. */
  lose(): void {
    this.isLive = false;
    this.#isCaughtUp = false;
  }

  batchOf(data: unknown): Batch | null | undefined {
    return Object(data)[this.#options.document.key] as Batch | null | undefined;
  }

  /** Gives the caller what is new in a batch. @returns whether it joins what the caller has */
  take(result: Result, batch: Batch, isFresh: boolean): boolean {
    const { document, sink, onProgress } = this.#options;
    const { cursor } = this;
    const verdict = judge({ cursor, isFresh, isCaughtUp: this.#isCaughtUp }, batch);
    if (verdict.kind !== 'TAKE') return verdict.kind === 'DROP';
    this.variables[document.variable] = batch.to;
    this.#isCaughtUp ||= this.isLive && batch.caughtUp === true;
    if (batch.to !== cursor) onProgress();
    const news = withoutFirst(batch, verdict.skip);
    sink.next({ ...result, data: { ...result.data, [document.key]: news } });
    return true;
  }
}
