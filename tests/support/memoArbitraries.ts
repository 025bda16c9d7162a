import fc from 'fast-check';
import { isoTime } from '#domain/clock.ts';
import { isBlank } from '#domain/memo/blank.ts';
import type { MemoColor, MemoState, MemoSummary } from '#domain/memo/memo.ts';
import { memoIdOf } from '#domain/memo/memoId.ts';
import { createUlid } from '#domain/viewer/ulid.ts';

const YEAR_9999_MS = Date.parse('9999-12-31T23:59:59.999Z');

export const aTime = fc.integer({ min: 0, max: YEAR_9999_MS }).map(isoTime);
/** Few enough to meet the same one twice. */
export const aNearTime = fc.integer({ min: 0, max: 3 }).map(isoTime);

export const aUlid = fc
  .record({
    time: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    random: fc.uint8Array({ minLength: 10, maxLength: 10 }),
  })
  .map(({ time, random }) => createUlid(time, () => random));
/** Few enough to meet neighbours that differ in their last character. */
export const aNearUlid = fc
  .integer({ min: 0, max: 40 })
  .map((last) => createUlid(0, () => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, last)));

export const aState = fc.constantFrom<MemoState>('ACTIVE', 'ARCHIVED', 'TRASHED');
export const aColor = fc.constantFrom<MemoColor>('DEFAULT', 'RED', 'TEAL', 'GRAY');
export const aPlace = fc.record({
  state: aState,
  pinned: fc.boolean(),
  updatedAt: fc.oneof(aTime, aNearTime),
  ulid: fc.oneof(aUlid, aNearUlid),
});

/** What texts may hold: any characters but control characters and halves of surrogate pairs. */
export const aText = fc.string({ unit: 'binary' }).filter((text) => !/\p{Cc}/u.test(text));
export const aTitle = fc
  .oneof(aText, fc.constantFrom('메모', '할 일 👩‍👧', 'e\u0301'))
  .filter((text) => !isBlank(text) && !/[\u2028\u2029]/.test(text));
export const aTag = aTitle.filter((text) => text.length <= 50);

export const aSummary: fc.Arbitrary<MemoSummary> = fc
  .record({
    place: aPlace,
    padId: aUlid,
    title: aTitle,
    excerpt: aText,
    tags: fc.uniqueArray(aTag, { maxLength: 5 }),
    color: aColor,
    version: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    createdAt: aTime,
    trashedAt: aTime,
    authorId: aUlid,
    lastEditorId: aUlid,
    taskCount: fc.nat(9),
    doneTaskCount: fc.nat(9),
    bodyBytes: fc.nat(300_000),
  })
  .map(({ place, trashedAt, ...rest }) => ({
    ...rest,
    ...place,
    id: memoIdOf({ padId: rest.padId, ulid: place.ulid }),
    trashedAt: place.state === 'TRASHED' ? trashedAt : null,
  }));
