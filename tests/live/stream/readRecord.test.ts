import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { padIdOf, readRecord, sourceOf } from '#live/stream/readRecord.ts';
import type { StreamRecord } from '#live/stream/streamRecord.ts';
import { inviteKey, memoKey, padKey } from '#table/keys.ts';
import { toMemoItem } from '#table/memo/memoItem.ts';
import { someUlid } from '#tests/support/memos.ts';
import {
  created,
  edited,
  expired,
  memberRecord,
  memoOf,
  padImage,
  padRecord,
  purged,
  recordOf,
  tombstoneOf,
} from './records.ts';

const padId = someUlid();
const userId = someUlid();
const memo = memoOf(padId, { version: 4 });
const key = { PK: padKey(padId), SK: memoKey(memo.ulid) };
const item = toMemoItem(memo);
const tombstone = tombstoneOf(memo);

test.each<[string, StreamRecord, object]>([
  ['a new memo', created(memo), { kind: 'CREATED', version: 4 }],
  ['an edit', edited(memo, { ...memo, title: 'b', version: 5 }), { kind: 'EDITED', version: 5 }],
  ['a purge', purged(memo), { kind: 'DELETED', version: 5 }],
  ['the end of a memo’s time in the trash', expired(memo), { kind: 'DELETED', version: 5 }],
  [
    'a memo made anew over a tombstone',
    recordOf('MODIFY', key, { before: tombstone, after: item }),
    { kind: 'CREATED', version: 4 },
  ],
])('%s is told with the version it made', (_, record, told) => {
  const rest = { ulid: memo.ulid, truncated: false, leftUserId: null, told: null };
  expect(readRecord(record)).toEqual({ ...rest, ...told });
});

test.each<[string, StreamRecord]>([
  ['a write that changes nothing', edited(memo, memo)],
  ['the end of a tombstone', expired(memo, tombstone)],
  [
    'a tombstone that lasts longer',
    recordOf('MODIFY', key, { before: tombstone, after: { ...tombstone, ttl: { N: '9' } } }),
  ],
  [
    'an invite',
    recordOf('INSERT', { PK: padKey(padId), SK: inviteKey(someUlid()) }, { after: {} }),
  ],
  [
    'a new pad, whose first member tells of it',
    padRecord(padId, [undefined, padImage(padId, 'a')]),
  ],
  [
    'a pad that counts its members',
    padRecord(padId, [padImage(padId, 'a'), padImage(padId, 'a', 2)]),
  ],
  [
    'a deleted pad, whose members tell of it',
    padRecord(padId, [padImage(padId, 'a'), { deletedAt: { S: 'now' } }]),
  ],
  ['the same member again', memberRecord(padId, userId, ['OWNER', 'OWNER'])],
])('%s is not told', (_, record) => {
  expect(readRecord(record)).toBeNull();
});

describe('a change of a pad', () => {
  const ofPad = { ulid: null, version: 0, truncated: false, kind: 'PAD_CHANGED' };

  test('that renames it is told to all members', () => {
    const record = padRecord(padId, [padImage(padId, 'a'), padImage(padId, 'b')]);
    const told = { to: 'ALL_MEMBERS', kind: 'PAD_CHANGED' };
    expect(readRecord(record)).toEqual({ ...ofPad, leftUserId: null, told });
  });

  test.each([
    ['joins', [null, 'VIEWER'], 'PAD_CHANGED', null],
    ['has another role', ['VIEWER', 'OWNER'], 'PAD_CHANGED', null],
    ['leaves', ['VIEWER', null], 'PAD_LEFT', userId],
  ] as const)('by a member who %s is told to that member', (_, roles, kind, leftUserId) => {
    const told = { to: userId, kind };
    expect(readRecord(memberRecord(padId, userId, roles))).toEqual({ ...ofPad, leftUserId, told });
  });
});

describe('what can not be read is told as more than could be told', () => {
  const unread = { ulid: null, version: 0, truncated: true, kind: 'PAD_CHANGED' };
  const ofMemo = { ulid: memo.ulid, version: 0, truncated: true };
  test.each<[string, unknown, object]>([
    ['an unknown kind of row', recordOf('INSERT', { PK: key.PK, SK: 'FOLDER#1' }), unread],
    ['a memo with another key', recordOf('INSERT', { PK: key.PK, SK: 'MEMO#1' }), unread],
    ['no image', recordOf('MODIFY', key), { ...ofMemo, kind: 'EDITED' }],
    ['no version', recordOf('INSERT', key, { after: {} }), { ...ofMemo, kind: 'EDITED' }],
    [
      'a version that is none',
      recordOf('MODIFY', key, { after: { version: { N: '1.5' } } }),
      { ...ofMemo, kind: 'EDITED' },
    ],
    ['a removal of nobody knows what', recordOf('REMOVE', key), { ...ofMemo, kind: 'DELETED' }],
    ['a key that is no text', { dynamodb: { Keys: { PK: { S: key.PK }, SK: { S: 7 } } } }, unread],
    ['no key at all', {}, unread],
  ])('%s', (_, record, told) => {
    expect(readRecord(record as StreamRecord)).toMatchObject(told);
  });
});

test('a record is of the pad in its key, and of none when there is no pad’s id in it', () => {
  expect(padIdOf(created(memo))).toBe(padId);
  expect(padIdOf(recordOf('INSERT', { PK: padId, SK: 'x' }))).toBeNull();
  expect(padIdOf(recordOf('INSERT', { PK: 'PAD#1', SK: 'x' }))).toBeNull();
  expect(padIdOf({})).toBeNull();
});

test('sources sort as numbers do', () => {
  const [nine, ten] = ['9', '10'].map((SequenceNumber) =>
    sourceOf({ dynamodb: { SequenceNumber } }),
  );
  expect(nine! < ten!).toBe(true);
});

test('nothing that may be in a record of a memo or a pad keeps it from being read', () => {
  const value = fc.oneof(
    fc.constant({ S: 'text' }),
    fc.constant({ N: '3' }),
    fc.constant({ BOOL: true }),
    fc.anything(),
  );
  const names = ['version', 'purged', 'deletedAt', 'name', 'role'];
  const image = fc.option(
    fc.oneof(fc.dictionary(fc.constantFrom(...names), value), fc.anything()),
    { nil: undefined },
  );
  const sortKey = fc.oneof(
    fc.constantFrom(`MEMO#${memo.ulid}`, 'MEMO#', `MEMBER#${userId}`, 'MEMBER#', 'PAD', ''),
    fc.anything(),
  );
  const eventName = fc.constantFrom('INSERT', 'MODIFY', 'REMOVE', 'OTHER', undefined);
  fc.assert(
    fc.property(eventName, sortKey, image, image, value, (name, SK, before, after, number) => {
      const Keys = { PK: { S: padKey(padId) }, SK: { S: SK } };
      const dynamodb = { Keys, OldImage: before, NewImage: after, SequenceNumber: number };
      const record = { eventName: name, dynamodb } as StreamRecord;
      expect(padIdOf(record)).toBe(padId);
      expect(sourceOf(record).length).toBeGreaterThanOrEqual(40);
      const entry = readRecord(record);
      expect(entry === null || Number.isSafeInteger(entry.version)).toBe(true);
    }),
  );
});
