/** A page of a change log, read in steps: the log, its head if that is needed, and what its changes are told with. */
import type { Context } from '@aws-appsync/utils';
import type { Change } from '#domain/memo/change.ts';
import type { LogPosition } from '#domain/memo/changeLog.ts';
import {
  type ChangeBatch,
  type Found,
  fitMemos,
  likelyToFit,
  MEMOS_AT_ONCE,
  pageBatch,
} from '#domain/memo/changesPage.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { memoSource } from '#resolvers/shared/memo.ts';
import { refuse, TOO_MANY_REQUESTS } from '#resolvers/shared/refuse.ts';
import type { RowKey } from '#table/memo/tableWrite.ts';
import {
  type FoundRows,
  knownMemos,
  type Needs,
  padToldOf,
  type WantedRows,
  wantedRows,
  watchedPadOf,
} from './rows.ts';
import { needsOf } from './selection.ts';
import { type ChangeSource, changeSource } from './source.ts';

export interface ChangesStash {
  /** Where to read on; null for the log's end. */
  since: LogPosition | null;
  found: Found;
  rows?: FoundRows;
  /** How many of the changes the rows are for: the first of them. */
  count?: number;
  /** The answer, where no changes are told. */
  batch?: ChangeBatch<ChangeSource>;
}

export const changesStashOf = (ctx: Context): ChangesStash => ctx.stash as unknown as ChangesStash;

/**
 * What the page's changes are told with that is to be read next: at first with few memos, then with as many
 * as are likely to fit. The viewer's personal pad is known without a read.
 */
export function rowsForPage(ctx: Context): readonly RowKey[] {
  const stash = changesStashOf(ctx);
  const { count = 0, found } = stash;
  if (stash.count === found.changes.length) return [];
  const before = stash.count === undefined ? [] : wantedFor(ctx, count).keys;
  const wanted = wantedFor(ctx, count + nextCount(ctx, count));
  stash.count = wanted.count;
  return wanted.keys.filter(({ PK, SK }) => !before.some((key) => key.PK === PK && key.SK === SK));
}

function wantedFor(ctx: Context, count: number): WantedRows {
  const { changes } = changesStashOf(ctx).found;
  return wantedRows(accessOf(ctx).padId, changes.slice(0, count), needsForPage(ctx));
}

function nextCount(ctx: Context, count: number): number {
  const { changes } = changesStashOf(ctx).found;
  if (!needsForPage(ctx).memos) return changes.length;
  return count === 0 ? MEMOS_AT_ONCE : likelyToFit(fittedOf(ctx), count);
}

function fittedOf(ctx: Context) {
  const { found, count } = changesStashOf(ctx);
  const changes = found.changes.slice(0, count);
  return fitMemos(changes, knownMemos(accessOf(ctx).padId, changes, rowsOf(ctx)));
}

/** For the `response` of a step that has read some of them. */
export function noteRows(ctx: Context, { rows, leftOut }: FoundRows): void {
  const before = rowsOf(ctx);
  changesStashOf(ctx).rows = {
    rows: [...before.rows, ...rows],
    leftOut: [...before.leftOut, ...leftOut],
  };
}

function needsForPage(ctx: Context): Needs {
  const { padId, viewerId } = accessOf(ctx);
  const { memoPad, ...needs } = needsOf(ctx.info);
  return { ...needs, memoPad: memoPad && padId !== viewerId };
}

/** For the `response` of the pipeline's `resolver.ts`: a MemoChangeBatch. */
export function pageOfChanges(ctx: Context): ChangeBatch<ChangeSource> {
  const { batch, since, found, count } = changesStashOf(ctx);
  if (batch || !since) return batch ?? refuse(TOO_MANY_REQUESTS);
  const changes = found.changes.slice(0, count);
  const told = needsForPage(ctx).memos ? withMemos(ctx) : withoutMemos(ctx, changes);
  return pageBatch(accessOf(ctx).padId, since, found, told);
}

function withoutMemos(ctx: Context, changes: readonly Change[]): ChangeSource[] {
  return changes.map((change) => withPad(ctx, change));
}

/** As many as their bodies allow. */
function withMemos(ctx: Context): ChangeSource[] {
  const { padId, role } = accessOf(ctx);
  const { shown } = fittedOf(ctx);
  if (shown.length === 0 && changesStashOf(ctx).count) refuse(TOO_MANY_REQUESTS);
  const pad = needsForPage(ctx).memoPad
    ? watchedPadOf(padId, accessOf(ctx), rowsOf(ctx).rows)
    : null;
  return shown.map((change) => {
    const memo = change.memo && { ...memoSource(change.memo, role), ...(pad ? { pad } : {}) };
    return { ...withPad(ctx, change), memo };
  });
}

/** A pad that can't be told is left out: who selects more than its id is told why. */
function withPad(ctx: Context, change: Change): ChangeSource {
  const access = accessOf(ctx);
  const source = changeSource(change, access.role);
  if (change.kind !== 'PAD_CHANGED') return { ...source, pad: null };
  const pad = padToldOf(change, access.padId, access, rowsOf(ctx));
  return pad ? { ...source, pad } : source;
}

function rowsOf(ctx: Context): FoundRows {
  return changesStashOf(ctx).rows ?? { rows: [], leftOut: [] };
}
