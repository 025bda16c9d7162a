/**
 * The write that puts a tombstone in a memo's place. Written in the APPSYNC_JS subset, because both
 * doors read this very file.
 */
import { epochMsOf } from '#domain/clock.ts';
import type { BuryRequest } from '#domain/memo/memoStore.ts';
import { MEMO_TABLE } from '#table/tables.ts';

/** An update in DynamoDB's expressions, with plain values. */
export interface Burial {
  readonly update: string;
  readonly updateNames: Readonly<Record<string, string>>;
  readonly updateValues: Readonly<Record<string, number | boolean>>;
  readonly condition: string;
  readonly conditionValues: Readonly<Record<string, number>>;
}

/** Everything a memo's row may hold besides its key, its version and its time to live. */
const CONTENT = [
  ...MEMO_TABLE.localIndexes.flatMap(({ sortKey, projected }) => [sortKey, ...projected]),
  'body',
].filter((name) => name !== 'version');

/** Without a read: only a memo has a place, a tombstone and a missing row fail the condition. */
export function burialOf({
  expiredSince,
  version,
  tombstoneEnds,
}: Omit<BuryRequest, 'padId' | 'ulid'>): Burial {
  const names = CONTENT.map((_, index) => `#content${index}`);
  const updateNames: Record<string, string> = { '#ttl': MEMO_TABLE.timeToLiveAttribute };
  CONTENT.forEach((name, index) => {
    updateNames[`#content${index}`] = name;
  });
  const isVersion = version === undefined ? '' : ' AND version = :version';
  return {
    update: `SET purged = :true, #ttl = :ends ADD version :one REMOVE ${names.join(', ')}`,
    updateNames,
    updateValues: { ':true': true, ':ends': tombstoneEnds, ':one': 1 },
    condition: `attribute_exists(place) AND (attribute_not_exists(trashedAt) OR trashedAt > :expired)${isVersion}`,
    conditionValues: {
      ':expired': epochMsOf(expiredSince) ?? 0,
      ...(version === undefined ? {} : { ':version': version }),
    },
  };
}
