import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ChangeKind } from '#domain/memo/change.ts';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { memoIdOf } from '#domain/memo/memoId.ts';
import { headKey, logKey, ONLY, seqKey } from './keys.ts';

export type Item = Record<string, AttributeValue>;

const LETTERS: Readonly<Record<ChangeKind, string>> = {
  CREATED: 'C',
  EDITED: 'E',
  DELETED: 'D',
  PAD_CHANGED: 'P',
  PAD_LEFT: 'L',
};
const KINDS = new Map(
  Object.entries(LETTERS).map(([kind, letter]) => [letter, kind as ChangeKind]),
);
const SOURCE_DIGITS = 40;
const PAD_ID_END = 27;

export const headItemKey = (padId: string): Item => ({
  PK: { S: headKey(padId) },
  SK: { S: ONLY },
});

/** What came last into a pad's log from another pad. */
export const foreignItemKey = (padId: string, fromPadId: string): Item => ({
  PK: { S: headKey(padId) },
  SK: { S: fromPadId },
});

export const changeItemKey = (padId: string, seq: number): Item => ({
  PK: { S: logKey(padId) },
  SK: { S: seqKey(seq) },
});

/**
 * A change as it is kept: about 170 bytes, so that 24 of them are a read unit. What can be told from
 * the rest is left out. `t` is when it may go, in seconds since 1970.
 */
export function toChangeItem(change: LoggedChange, endsAt: number): Item {
  const { padId, seq, memoId, aboutPadId, leftUserId } = change;
  return {
    ...changeItemKey(padId, seq),
    e: { S: change.epoch },
    k: { S: LETTERS[change.kind] },
    s: { S: change.source.replace(/^0+/, '') },
    t: { N: String(endsAt) },
    ...(memoId !== null && { m: { S: memoId.slice(PAD_ID_END) } }),
    ...(aboutPadId !== null && aboutPadId !== padId && { a: { S: aboutPadId } }),
    ...(leftUserId !== null && { u: { S: leftUserId } }),
    ...(change.version > 0 && { v: { N: String(change.version) } }),
    ...(change.truncated && { x: { BOOL: true } }),
  };
}

export function readChangeItem(padId: string, item: Item): LoggedChange {
  const ulid = item.m?.S;
  const memoId = ulid === undefined ? null : memoIdOf({ padId, ulid });
  return {
    seq: Number(item.SK?.S),
    kind: KINDS.get(item.k?.S ?? '') ?? 'EDITED',
    padId,
    memoId,
    aboutPadId: memoId === null ? (item.a?.S ?? padId) : null,
    version: Number(item.v?.N ?? 0),
    truncated: item.x?.BOOL ?? false,
    epoch: item.e?.S ?? '',
    source: toSource(item.s?.S ?? ''),
    leftUserId: item.u?.S ?? null,
  };
}

/** Sequence numbers of one length sort as texts. */
export function toSource(sequenceNumber: string): string {
  return sequenceNumber.padStart(SOURCE_DIGITS, '0');
}
