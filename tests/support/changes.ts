import { randomBytes } from 'node:crypto';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { toSource } from '#table/live/changeRow.ts';

const MADE_AT_MS = Date.parse('2026-01-31T09:30:00.000Z');

export const EPOCH = createUlid(MADE_AT_MS, randomBytes);

/** A memo's change at a number, as it stands in a pad's log; its record has the same number. */
export function changeAt(
  padId: string,
  seq: number,
  given: Partial<LoggedChange> = {},
): LoggedChange {
  return {
    ...{ padId, seq, kind: 'EDITED', version: seq, truncated: false, epoch: EPOCH },
    ...{
      memoId: `${padId}.${createUlid(MADE_AT_MS, randomBytes)}`,
      aboutPadId: null,
      leftUserId: null,
    },
    source: toSource(String(seq)),
    ...given,
  };
}
