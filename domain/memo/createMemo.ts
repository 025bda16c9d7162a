import { isoTime } from '#domain/clock.ts';
import { createUlid, isUlid, type RandomBytes } from '#domain/viewer/ulid.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import { type ContentInput, factsOf, readContent } from './content.ts';
import type { Memo, MemoContent } from './memo.ts';
import { badInput, purgedConflict } from './memoErrors.ts';
import { type MemoKey, memoIdOf } from './memoId.ts';
import type { MemoPorts } from './memoPorts.ts';
import { livingMemo } from './trash.ts';

/** How far ahead of ours a client's clock may be. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
const ULID_EXPECTED = 'Expected `ulid` to be 26 upper-case Crockford characters, the first 0 to 7.';

export interface CreateMemoPorts extends MemoPorts {
  readonly randomBytes: RandomBytes;
}

/** Left out and null mean the same. */
export interface CreateMemoInput extends Omit<ContentInput, 'state' | 'title'> {
  /** The pad; the viewer's personal pad when left out. */
  readonly padId?: string | null | undefined;
  /** Made by the client, so that the same creation can be sent again. */
  readonly ulid?: string | null | undefined;
  readonly title: string;
  /** ISO 8601; for memos brought from elsewhere. */
  readonly createdAt?: string | null | undefined;
}

/**
 * Makes a memo. A `ulid` that has a memo already gives that memo as it is now.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND or FORBIDDEN for the pad, BAD_USER_INPUT, CONFLICT for the ulid of a purged memo.
 */
export async function createMemo(
  { memos, members, clock, randomBytes }: CreateMemoPorts,
  viewer: Viewer | null,
  { padId, ulid, createdAt, ...fields }: CreateMemoInput,
): Promise<Memo> {
  const { userId } = requireViewer(viewer);
  const now = clock();
  const key = { padId: padId ?? userId, ulid: ulid ?? createUlid(now, randomBytes) };
  await authorize(members, viewer, key.padId, 'WRITE');
  if (!isUlid(key.ulid)) throw badInput(ULID_EXPECTED);
  const content = readContent(fields);
  const time = createdAt == null ? now : readCreatedAt(createdAt, now);
  const memo = firstVersion(key, content, { authorId: userId, createdAt: time, updatedAt: now });
  const result = await memos.create(memo);
  if (result.outcome === 'WRITTEN') return memo;
  const existing = result.outcome === 'EXISTS' ? livingMemo(result.memo, now) : null;
  if (!existing) throw purgedConflict();
  return existing;
}

function firstVersion(
  key: MemoKey,
  { title = '', body = '', tags = [], color = 'DEFAULT', pinned = false }: Partial<MemoContent>,
  made: { readonly authorId: string; readonly createdAt: number; readonly updatedAt: number },
): Memo {
  return {
    ...key,
    id: memoIdOf(key),
    ...{ title, body, tags, color, pinned, ...factsOf(body) },
    state: 'ACTIVE',
    trashedAt: null,
    version: 1,
    createdAt: isoTime(made.createdAt),
    updatedAt: isoTime(made.updatedAt),
    authorId: made.authorId,
    lastEditorId: made.authorId,
  };
}

/** A time that the client's clock puts a little ahead becomes now: no memo is older than itself. */
function readCreatedAt(createdAt: string, now: number): number {
  const time = Date.parse(createdAt);
  if (time >= 0 && time <= now + CLOCK_TOLERANCE_MS) return Math.min(time, now);
  throw badInput(
    `Expected \`createdAt\` to be a time from 1970 to now, got ${Number.isNaN(time) ? 'no time' : isoTime(time)}.`,
  );
}
