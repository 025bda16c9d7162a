/**
 * What a change makes of a memo. Written in the APPSYNC_JS subset, because both doors read this very
 * file.
 */
import { isoTime } from '#domain/clock.ts';
import { factsOf } from './content.ts';
import type { Memo, MemoContent } from './memo.ts';

/** Whether the fields are any others than the memo's own. */
export function differs(memo: Memo, fields: Partial<MemoContent>): boolean {
  const { title, body, tags, color, pinned, state } = { ...memo, ...fields };
  return (
    title !== memo.title ||
    body !== memo.body ||
    color !== memo.color ||
    pinned !== memo.pinned ||
    state !== memo.state ||
    tags.join('\n') !== memo.tags.join('\n')
  );
}

/** The memo with these fields, written by the editor at this time. */
export function nextVersion(
  memo: Memo,
  fields: Partial<MemoContent>,
  lastEditorId: string,
  epochMs: number,
): Memo {
  const next = { ...memo, ...fields };
  const now = isoTime(epochMs);
  // Clocks of different machines differ; a memo never moves back in its list.
  const updatedAt = now < memo.updatedAt ? memo.updatedAt : now;
  return {
    ...next,
    ...(fields.body === undefined ? {} : factsOf(fields.body)),
    trashedAt: next.state === 'TRASHED' ? (memo.trashedAt ?? updatedAt) : null,
    version: memo.version + 1,
    updatedAt,
    lastEditorId,
  };
}
