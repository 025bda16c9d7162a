import { expect, test } from '@jest/globals';
import { changeCursorOf, NO_LOG, readChangeCursor } from '#domain/memo/changeCursor.ts';
import { EPOCH } from '#tests/support/changes.ts';

test.each([
  NO_LOG,
  { epoch: EPOCH, seq: 0 },
  { epoch: EPOCH, seq: 1 },
  { epoch: EPOCH, seq: 10_020 },
])('a cursor of %j can be read again', (position) => {
  expect(readChangeCursor(changeCursorOf(position))).toEqual(position);
});

test.each([
  '',
  '0',
  '0.1',
  EPOCH,
  `${EPOCH}.`,
  `${EPOCH}.-1`,
  `${EPOCH}.01`,
  `${EPOCH}.1.5`,
  `${EPOCH}.1e3`,
  `${EPOCH}. 1`,
  `${EPOCH}.1234567890123`,
  `${EPOCH}x.1`,
  `${EPOCH.toLowerCase()}.1`,
  `memos.${EPOCH}.1`,
])('%j is no cursor', (text) => {
  expect(readChangeCursor(text)).toBeNull();
});
