/**
 * A memo as it is made. Written in the APPSYNC_JS subset, because both doors read this very file.
 */
import { epochMsOf, isoTime } from '#domain/clock.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { type ContentInput, contentOf, contentProblem, factsOf } from './content.ts';
import type { Memo } from './memo.ts';
import { type MemoKey, memoIdOf } from './memoId.ts';

/** How far ahead of ours a client's clock may be. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
const ULID_EXPECTED = 'Expected `ulid` to be 26 upper-case Crockford characters, the first 0 to 7.';

/** Left out and null mean the same. */
export interface NewMemoInput extends Omit<ContentInput, 'state' | 'title'> {
  /** Made by the client, so that the same creation can be sent again. */
  readonly ulid?: string | null | undefined;
  readonly title: string;
  /** ISO 8601; for memos brought from elsewhere. */
  readonly createdAt?: string | null | undefined;
}

/** Says what was expected and what came; null when a memo can be made of it now. */
export function newMemoProblem(
  { ulid, createdAt, ...fields }: NewMemoInput,
  epochMs: number,
): string | null {
  if (ulid != null && !isUlid(ulid)) return ULID_EXPECTED;
  return contentProblem(fields) ?? (createdAt == null ? null : timeProblem(createdAt, epochMs));
}

/** Of input that newMemoProblem found nothing wrong with. */
export function firstVersion(
  key: MemoKey,
  { createdAt, ...fields }: NewMemoInput,
  authorId: string,
  epochMs: number,
): Memo {
  const { title = '', body = '', tags = [], color = 'DEFAULT', pinned = false } = contentOf(fields);
  // A time that the client's clock puts a little ahead becomes now: no memo is older than itself.
  const made = Math.min((createdAt == null ? null : epochMsOf(createdAt)) ?? epochMs, epochMs);
  return {
    ...key,
    id: memoIdOf(key),
    ...{ title, body, tags, color, pinned, ...factsOf(body) },
    state: 'ACTIVE',
    trashedAt: null,
    version: 1,
    createdAt: isoTime(made),
    updatedAt: isoTime(epochMs),
    authorId,
    lastEditorId: authorId,
  };
}

function timeProblem(createdAt: string, epochMs: number): string | null {
  const time = epochMsOf(createdAt);
  if (time !== null && time >= 0 && time <= epochMs + CLOCK_TOLERANCE_MS) return null;
  const got = time === null ? 'no time' : isoTime(time);
  return `Expected \`createdAt\` to be a time from 1970 to now, got ${got}.`;
}
