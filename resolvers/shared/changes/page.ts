/** A page of a change log, read in steps: the log, its head if that is needed, and what its changes are told with. */
import type { Context } from '@aws-appsync/utils';
import type { Change } from '#domain/memo/change.ts';
import type { LogPosition } from '#domain/memo/changeLog.ts';
import { type ChangeBatch, type Found, fitMemos, pageBatch } from '#domain/memo/changesPage.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { memoSource } from '#resolvers/shared/memo.ts';
import { refuse, TOO_MANY_REQUESTS } from '#resolvers/shared/refuse.ts';
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
  /** The answer, where no changes are told. */
  batch?: ChangeBatch<ChangeSource>;
}

export const changesStashOf = (ctx: Context): ChangesStash => ctx.stash as unknown as ChangesStash;

/** What the page's changes are told with. The viewer's personal pad is known without a read. */
export function rowsForPage(ctx: Context): WantedRows {
  const { padId } = accessOf(ctx);
  return wantedRows(padId, changesStashOf(ctx).found.changes, needsForPage(ctx));
}

function needsForPage(ctx: Context): Needs {
  const { padId, viewerId } = accessOf(ctx);
  const { memoPad, ...needs } = needsOf(ctx.info);
  return { ...needs, memoPad: memoPad && padId !== viewerId };
}

/** For the `response` of the pipeline's `resolver.ts`: a MemoChangeBatch. */
export function pageOfChanges(ctx: Context): ChangeBatch<ChangeSource> {
  const { batch, since, found } = changesStashOf(ctx);
  if (batch || !since) return batch ?? refuse(TOO_MANY_REQUESTS);
  const changes = found.changes.slice(0, rowsForPage(ctx).count);
  const told = needsForPage(ctx).memos ? withMemos(ctx, changes) : withoutMemos(ctx, changes);
  return pageBatch(accessOf(ctx).padId, since, found, told);
}

function withoutMemos(ctx: Context, changes: readonly Change[]): ChangeSource[] {
  return changes.map((change) => withPad(ctx, change));
}

/** As many as their bodies allow. */
function withMemos(ctx: Context, changes: readonly Change[]): ChangeSource[] {
  const { padId, role } = accessOf(ctx);
  const rows = rowsOf(ctx);
  const { shown } = fitMemos(changes, knownMemos(padId, changes, rows));
  if (shown.length === 0 && changes.length > 0) refuse(TOO_MANY_REQUESTS);
  const pad = needsForPage(ctx).memoPad ? watchedPadOf(padId, accessOf(ctx), rows.rows) : null;
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
