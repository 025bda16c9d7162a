/**
 * A message for all who watch a pad, made in steps: the rows its changes are told with, and the users its
 * memos name. It holds as many of the given changes as AppSync delivers at once, at least one.
 */
import type { Context } from '@aws-appsync/utils';
import type { Change, ChangeKind } from '#domain/memo/change.ts';
import { changeCursorOf, NO_LOG } from '#domain/memo/changeCursor.ts';
import type { ChangeBatch } from '#domain/memo/changesPage.ts';
import { fitMessage, type MessagePart } from '#domain/memo/messageSize.ts';
import { type MemoSource, memoSource } from '#resolvers/shared/memo.ts';
import type { PadSource } from '#resolvers/shared/pad.ts';
import { refuse, TOO_MANY_REQUESTS } from '#resolvers/shared/refuse.ts';
import type { UserSource } from '#resolvers/shared/user.ts';
import {
  type Asker,
  type FoundRows,
  knownMemos,
  padToldOf,
  type WantedRows,
  wantedRows,
  watchedPadOf,
} from './rows.ts';
import { type ChangeSource, changeSource } from './source.ts';

/** The argument of publishMemoChanges. */
interface Publication {
  readonly padId: string;
  readonly epoch: string;
  readonly bare: boolean;
  readonly changes: readonly {
    readonly seq: number;
    readonly kind: ChangeKind;
    readonly memoId?: string | null;
    readonly padId?: string | null;
    readonly version: number;
    readonly truncated: boolean;
  }[];
}

interface PublicationStash {
  parts?: readonly MessagePart<Change>[];
  /** Null when it is deleted: then nobody may read its memos. */
  pad?: PadSource | null;
  rows?: FoundRows;
  users?: readonly UserSource[];
}

export const publicationOf = (ctx: Context): Publication => ctx.args.batch;
const stashOf = (ctx: Context): PublicationStash => ctx.stash as PublicationStash;

const NOBODY: Asker = { viewerId: null, role: null };

export function changesOf(ctx: Context): Change[] {
  const { padId, changes } = publicationOf(ctx);
  return changes.map(({ seq, kind, memoId, padId: aboutPadId, version, truncated }) => ({
    ...{ seq, kind, padId, version, truncated },
    memoId: memoId ?? null,
    aboutPadId: aboutPadId ?? null,
  }));
}

export function rowsForMessage(ctx: Context): WantedRows {
  const needs = { memos: true, pads: true, memoPad: true };
  return wantedRows(publicationOf(ctx).padId, changesOf(ctx), needs);
}

/** Ends with RATE_LIMITED when the first memo could not be read. */
export function noteRows(ctx: Context, rows: FoundRows): void {
  const { padId } = publicationOf(ctx);
  const changes = changesOf(ctx).slice(0, rowsForMessage(ctx).count);
  const parts = fitMessage(changes, knownMemos(padId, changes, rows));
  if (parts.length === 0) refuse(TOO_MANY_REQUESTS);
  const stash = stashOf(ctx);
  stash.rows = rows;
  stash.parts = parts;
  stash.pad = watchedPadOf(padId, NOBODY, rows.rows);
}

/** Whom the memos of the message name, each once. */
export function usersToAsk(ctx: Context): string[] {
  const { parts = [], pad } = stashOf(ctx);
  const ids: string[] = [];
  for (const { memo } of pad ? parts : []) {
    const named = memo ? [memo.authorId, memo.lastEditorId] : [];
    ids.push(...named.filter((id, index) => ids.indexOf(id) < 0 && named.indexOf(id) === index));
  }
  return ids;
}

export function noteUsers(ctx: Context, users: readonly UserSource[]): void {
  stashOf(ctx).users = users;
}

/** For the `response` of the pipeline's `resolver.ts`: what watchers get. */
export function messageOf(ctx: Context): ChangeBatch<ChangeSource> {
  const { padId, epoch } = publicationOf(ctx);
  const { parts } = stashOf(ctx);
  const changes = parts ? parts.map((part) => tell(ctx, part)) : changesOf(ctx).map(tellBare);
  const [{ seq: first } = { seq: 0 }] = changes;
  const [{ seq: last } = { seq: 0 }] = changes.slice(-1);
  // Whoever is at the start of a log can't have heard of its epoch.
  const from = first > 1 ? { epoch, seq: first - 1 } : NO_LOG;
  return {
    ...{ padId, from: changeCursorOf(from), to: changeCursorOf({ epoch, seq: last }) },
    ...{ caughtUp: true, reset: false, changes },
  };
}

function tellBare(change: Change): ChangeSource {
  return { ...changeSource(change, null), memo: null, pad: null, truncated: true };
}

function tell(ctx: Context, { change, memo, isCut }: MessagePart<Change>): ChangeSource {
  const { padId } = publicationOf(ctx);
  const { rows, pad } = stashOf(ctx);
  const about = rows ? padToldOf(change, padId, NOBODY, rows) : null;
  const isMissing = (change.kind === 'PAD_CHANGED' && !about) || (memo !== null && !pad);
  return {
    ...changeSource(change, null),
    pad: about,
    memo: memo && pad ? memoWithUsers(ctx, memo, pad) : null,
    truncated: change.truncated || isCut || isMissing,
  };
}

function memoWithUsers(
  ctx: Context,
  memo: NonNullable<MessagePart<Change>['memo']>,
  pad: PadSource,
): MemoSource {
  const { users = [] } = stashOf(ctx);
  const user = (id: string) => users.find((one) => one.id === id);
  const [author, lastEditor] = [user(memo.authorId), user(memo.lastEditorId)];
  return {
    ...memoSource(memo, null),
    pad,
    ...(author ? { author } : {}),
    ...(lastEditor ? { lastEditor } : {}),
  };
}
