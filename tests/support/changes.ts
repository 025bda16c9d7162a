import { randomBytes } from 'node:crypto';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { toSource } from '#table/live/changeRow.ts';
import { NOW } from './memos.ts';

export const EPOCH = createUlid(NOW, randomBytes);

/** A memo's change at a number, as it stands in a pad's log; its record has the same number. */
export function changeAt(
  padId: string,
  seq: number,
  given: Partial<LoggedChange> = {},
): LoggedChange {
  return {
    ...{ padId, seq, kind: 'EDITED', version: seq, truncated: false, epoch: EPOCH },
    ...{ memoId: `${padId}.${createUlid(NOW, randomBytes)}`, aboutPadId: null, leftUserId: null },
    source: toSource(String(seq)),
    ...given,
  };
}
