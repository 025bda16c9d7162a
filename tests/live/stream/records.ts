import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { isoTime } from '#domain/clock.ts';
import { factsOf } from '#domain/memo/content.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { memoIdOf } from '#domain/memo/memoId.ts';
import type { Image, StreamRecord } from '#live/stream/streamRecord.ts';
import { memberKey, memoKey, PAD_SORT_KEY, padKey } from '#table/keys.ts';
import { toMemoItem } from '#table/memo/memoItem.ts';
import { toMemberItem, toPadItem } from '#table/memo/padItem.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';

let records = 0;

/** A record of the memo table's stream, later than all before it. */
export function recordOf(
  eventName: string,
  { PK, SK }: { readonly PK: string; readonly SK: string },
  images: { readonly before?: Image | undefined; readonly after?: Image | undefined } = {},
): StreamRecord {
  records += 1;
  const { before, after } = images;
  return {
    eventName,
    dynamodb: {
      Keys: marshall({ PK, SK }),
      SequenceNumber: String(1_700_000_000_000_000_000_000n + BigInt(records)),
      ...(before && { OldImage: before }),
      ...(after && { NewImage: after }),
    },
  };
}

export function memoOf(padId: string, given: Partial<Memo> = {}): Memo {
  const ulid = someUlid();
  return {
    ...{ id: memoIdOf({ padId, ulid }), padId, ulid, title: 'Packing list', body: '', tags: [] },
    ...{ ...factsOf(''), color: 'DEFAULT', pinned: false, state: 'ACTIVE', trashedAt: null },
    ...{ version: 1, createdAt: isoTime(NOW), updatedAt: isoTime(NOW) },
    ...{ authorId: padId, lastEditorId: padId },
    ...given,
  };
}

const keyOf = ({ padId, ulid }: Memo) => ({ PK: padKey(padId), SK: memoKey(ulid) });

export const created = (memo: Memo) => recordOf('INSERT', keyOf(memo), { after: toMemoItem(memo) });

export const edited = (before: Memo, after: Memo) =>
  recordOf('MODIFY', keyOf(after), { before: toMemoItem(before), after: toMemoItem(after) });

export function tombstoneOf({ version, ...memo }: Memo): Image {
  const rest = { version: version + 1, purged: true, ttl: 1_900_000_000 };
  return { ...marshall(keyOf(memo as Memo)), ...marshall(rest) };
}

export const purged = (memo: Memo) =>
  recordOf('MODIFY', keyOf(memo), { before: toMemoItem(memo), after: tombstoneOf(memo) });

/** What DynamoDB itself deletes, because its time is over. */
export const expired = (memo: Memo, before: Image = toMemoItem(memo)): StreamRecord => ({
  ...recordOf('REMOVE', keyOf(memo), { before }),
  ...{ userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } },
});

export const memberRecord = (
  padId: string,
  userId: string,
  [before, after]: readonly ['OWNER' | 'VIEWER' | null, 'OWNER' | 'VIEWER' | null],
): StreamRecord => {
  const image = (role: 'OWNER' | 'VIEWER' | null): Record<string, AttributeValue> | undefined =>
    role === null ? undefined : toMemberItem({ padId, userId }, role, isoTime(NOW));
  const eventName = before === null ? 'INSERT' : after === null ? 'REMOVE' : 'MODIFY';
  const key = { PK: padKey(padId), SK: memberKey(userId) };
  return recordOf(eventName, key, { before: image(before), after: image(after) });
};

export const padRecord = (
  padId: string,
  [before, after]: readonly [Image | undefined, Image | undefined],
): StreamRecord => {
  const eventName = before === undefined ? 'INSERT' : 'MODIFY';
  return recordOf(eventName, { PK: padKey(padId), SK: PAD_SORT_KEY }, { before, after });
};

export const padImage = (id: string, name: string, memberCount = 1): Image =>
  toPadItem({ id, name, createdAt: isoTime(NOW), memberCount, ownerCount: 1 });
