/**
 * How much of a change log one message of AppSync's holds. Written in the APPSYNC_JS subset, because
 * both doors read this very file.
 */
import type { Change } from './change.ts';
import { type KnownMemos, memoUlidOf } from './changesPage.ts';
import type { Memo } from './memo.ts';

/** What all changes of a message may weigh: AppSync delivers 240 KB (https://docs.aws.amazon.com/general/latest/gr/appsync.html), the rest is for what is around them. */
export const MESSAGE_BYTES_MAX = 230_000;

/** A change without its memo: names, numbers and two ids, and a pad with the longest name. */
const CHANGE_BYTES = 1_000;
/** `{"index":12345,"text":"","done":false},` */
const TASK_BYTES = 40;
/** Its pad, its author and its last editor with the longest names, and the names of its fields. */
const AROUND_MEMO_BYTES = 2_000;

/**
 * At most so many bytes is a memo with everything that watchers may select of it. Nearly exact for
 * bodies without tasks: the row says how long they are in UTF-8, and what JSON adds are ASCII characters.
 */
export function memoMessageBytes({ body, ...summary }: Memo): number {
  const bodyBytes = summary.bodyBytes + JSON.stringify(body).length - body.length;
  const tasks = summary.taskCount === 0 ? 0 : bodyBytes + summary.taskCount * TASK_BYTES;
  // Of three bytes each is whatever UTF-16 counts as one.
  return bodyBytes + tasks + 3 * JSON.stringify(summary).length + AROUND_MEMO_BYTES;
}

/** A change as it is told in a message. */
export interface MessagePart<Told> {
  readonly change: Told;
  readonly memo: Memo | null;
  /** Whether its memo is left out, because it is too large for any message. */
  readonly isCut: boolean;
}

/** As many of the changes as one message holds, at least one; none when the memo of the first was not read. */
export function fitMessage<Told extends Change>(
  changes: readonly Told[],
  known: KnownMemos,
): MessagePart<Told>[] {
  const parts: MessagePart<Told>[] = [];
  let bytes = 0;
  for (const change of changes) {
    const ulid = memoUlidOf(change);
    const memo = ulid === null ? null : known[ulid];
    if (memo === undefined) break;
    const whole = bytesOf(memo);
    const isCut = whole > MESSAGE_BYTES_MAX;
    bytes += isCut ? CHANGE_BYTES : whole;
    if (parts.length > 0 && bytes > MESSAGE_BYTES_MAX) break;
    parts.push({ change, memo: isCut ? null : memo, isCut });
  }
  return parts;
}

const bytesOf = (memo: Memo | null): number =>
  CHANGE_BYTES + (memo === null ? 0 : memoMessageBytes(memo));
