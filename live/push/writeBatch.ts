import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import type { LogPosition } from '#domain/memo/changeLog.ts';
import type { GatewayError } from './askGateway.ts';
import type { Runnable } from './runnable.ts';

/** What a document's run told of consecutive changes. */
export interface Told {
  readonly padId: string;
  /** Behind this one the lists begin. */
  readonly from: LogPosition;
  readonly to: LogPosition;
  readonly reset: boolean;
  /** Whether whoever gets it is live, or has more coming of what was before. */
  readonly caughtUp: boolean;
  /** The batch as the gateway told it; its lists may be longer than `to` says. */
  readonly batch: Readonly<Record<string, unknown>>;
  readonly errors: readonly GatewayError[];
}

/** API Gateway takes 128 KB at once; the rest is for the message around it. */
const MAX_PAYLOAD_BYTES = 119_000;

/**
 * Writes what is behind `afterSeq` as payloads of `next`, in order and each small enough to be
 * posted: mostly one. A memo that is too large by itself is left out, and its change says so.
 */
export function writeBatch(told: Told, shape: Runnable, afterSeq = told.from.seq): string[] {
  const { from, to } = told;
  return [...writePieces(told, shape, Math.max(afterSeq, from.seq), to.seq)];
}

function* writePieces(
  told: Told,
  shape: Runnable,
  afterSeq: number,
  toSeq: number,
): Generator<string> {
  const text = writePiece(told, shape, { afterSeq, toSeq, withMemos: true });
  if (Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES) yield text;
  else if (toSeq - afterSeq <= 1) {
    yield writePiece(told, shape, { afterSeq, toSeq, withMemos: false });
  } else {
    const middle = Math.floor((afterSeq + toSeq) / 2);
    yield* writePieces(told, shape, afterSeq, middle);
    yield* writePieces(told, shape, middle, toSeq);
  }
}

interface Piece {
  readonly afterSeq: number;
  readonly toSeq: number;
  readonly withMemos: boolean;
}

function writePiece(told: Told, shape: Runnable, piece: Piece): string {
  const { from, to, batch } = told;
  const [start, end] = [piece.afterSeq - from.seq, piece.toSeq - from.seq];
  const texts: Readonly<Record<string, unknown>> = {
    __typename: 'MemoChangeBatch',
    padId: told.padId,
    from: told.reset ? changeCursorOf(from) : cursorAt(to.epoch, piece.afterSeq),
    to: cursorAt(to.epoch, piece.toSeq),
    caughtUp: told.caughtUp,
    reset: told.reset,
  };
  const entries = [...shape.batchFields].map(([key, field]) => {
    if (field !== 'changes') return [key, texts[field]];
    const whole = told.reset ? [] : marked(listOf(batch[key]), key, told.errors, shape);
    const changes = whole.slice(start, end);
    return [key, piece.withMemos ? changes : changes.map((change) => withoutMemo(change, shape))];
  });
  const data = { [shape.batchKey]: Object.fromEntries(entries) };
  const errors = told.errors.flatMap((error) => within(error, shape, start, end));
  return JSON.stringify({ data, ...(errors.length > 0 && { errors }) });
}

/** Whoever is at the start of a log can't have heard of its epoch: `0.0` joins what they hold. */
function cursorAt(epoch: string, seq: number): string {
  return seq === 0 ? '0.0' : changeCursorOf({ epoch, seq });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A change of which a part could not be had says so: whoever sees it reads the memo itself. */
function marked(
  changes: readonly unknown[],
  listKey: string,
  errors: readonly GatewayError[],
  shape: Runnable,
): readonly unknown[] {
  const broken = new Set(
    errors.flatMap(({ path }) => (path?.[1] === listKey ? [path[2] as string | number] : [])),
  );
  if (broken.size === 0) return changes;
  return changes.map((change, index) => (broken.has(index) ? truncated(change, shape) : change));
}

function truncated(change: unknown, { changeFields }: Runnable): unknown {
  const entries = Object.entries(change ?? {}).map(([key, value]) => [
    key,
    changeFields.get(key) === 'truncated' ? true : value,
  ]);
  return Object.fromEntries(entries);
}

function withoutMemo(change: unknown, shape: Runnable): unknown {
  const entries = Object.entries(Object(truncated(change, shape))).map(([key, value]) => [
    key,
    shape.changeFields.get(key) === 'memo' ? null : value,
  ]);
  return Object.fromEntries(entries);
}

/** An error of a change that is in the piece, at its place there; one of the whole batch is in every piece. */
function within(error: GatewayError, shape: Runnable, start: number, end: number): GatewayError[] {
  const [batchKey, listKey, index, ...rest] = error.path ?? [];
  if (typeof index !== 'number' || shape.batchFields.get(String(listKey)) !== 'changes') {
    return [error];
  }
  if (index < start || index >= end) return [];
  return [{ ...error, path: [batchKey, listKey, index - start, ...rest] as (string | number)[] }];
}
