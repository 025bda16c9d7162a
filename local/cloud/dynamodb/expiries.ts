import { createHash } from 'node:crypto';
import type { CallEngine } from './engineApi.ts';
import type { LocalTable } from './localTable.ts';
import type { StreamRecord, WireItem } from './streamRecord.ts';

/**
 * Remembers which deletions were expiries: the engine's records don't say whose they were. A row is
 * written in the same transaction as the deletion, so that neither a crash nor a race can part them.
 */
export const EXPIRIES_TABLE: LocalTable = {
  tableName: 'memopad-local-expiries',
  keySchema: [{ AttributeName: 'deletion', KeyType: 'HASH' }],
  attributes: [{ AttributeName: 'deletion', AttributeType: 'S' }],
  localIndexes: [],
  globalIndexes: [],
  timeToLiveAttribute: 'ttl',
  streamed: false,
};

/** Longer than DynamoDB keeps a stream's records: 24 hours. */
const KEPT_SECONDS = 7 * 24 * 60 * 60;

/** The tables, and the one for expiries if any of them needs it. */
export function withExpiries(tables: readonly LocalTable[]): readonly LocalTable[] {
  const isNeeded = tables.some((table) => table.streamed && table.timeToLiveAttribute);
  return isNeeded ? [...tables, EXPIRIES_TABLE] : tables;
}

export interface Expiry {
  readonly tableName: string;
  readonly key: WireItem;
  /** The time that has come, as the item had it. */
  readonly expiredAt: string;
}

/** The row that says a deletion was an expiry. */
export function toExpiryRow(
  expiry: Expiry,
  nowSeconds: number,
): Record<string, { S: string } | { N: string }> {
  return { ...toExpiryKey(expiry), ttl: { N: String(nowSeconds + KEPT_SECONDS) } };
}

/** An item that is written and expires once more with the very same time is taken for the first one: it had expired when it was written. */
function toExpiryKey({ tableName, key, expiredAt }: Expiry): { deletion: { S: string } } {
  const parts = Object.entries(key).sort(([one], [other]) => (one < other ? -1 : 1));
  const deletion = JSON.stringify([tableName, expiredAt, parts]);
  return { deletion: { S: createHash('sha256').update(deletion).digest('base64url') } };
}

const BY_DYNAMODB = { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as const;

/**
 * Marks deletions of what had expired as DynamoDB does.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
 */
export async function markExpiry(
  call: CallEngine,
  record: StreamRecord,
  { tableName, attribute }: { readonly tableName: string; readonly attribute: string },
): Promise<StreamRecord> {
  const { Keys: key, OldImage, ApproximateCreationDateTime } = record.dynamodb;
  const expiredAt = Object(OldImage?.[attribute]).N;
  // Most deletions are of what hasn't expired: nothing to look up.
  const mayBe = record.eventName === 'REMOVE' && Number(expiredAt) <= ApproximateCreationDateTime;
  if (!mayBe) return record;
  const { Item } = await call('GetItem', {
    TableName: EXPIRIES_TABLE.tableName,
    Key: toExpiryKey({ tableName, key, expiredAt }),
    ConsistentRead: true,
  });
  return Item ? { ...record, userIdentity: BY_DYNAMODB } : record;
}
