import { expect, test } from '@jest/globals';
import { describeChange, type WatchedChange } from '#scripts/watch/describeChange.ts';

const change = (rest: Partial<WatchedChange>): WatchedChange => ({
  seq: 42,
  kind: 'EDITED',
  memoId: 'pad:memo',
  version: 3,
  truncated: false,
  padId: null,
  pad: null,
  memo: { title: '여행 계획', state: 'ACTIVE' },
  ...rest,
});

test.each([
  [{}, '    42  edited       v3    “여행 계획”'],
  [
    { memo: { title: 'Plan', state: 'TRASHED' } },
    '    42  edited       v3    “Plan” (in the trash)',
  ],
  [
    { memo: { title: 'a\u001b[2Jb', state: 'ARCHIVED' } },
    '    42  edited       v3    “a [2Jb” (archived)',
  ],
  [{ kind: 'DELETED', memo: null }, '    42  deleted      v3    pad:memo'],
  [{ memo: null, truncated: true }, '    42  edited       v3    pad:memo (too large to show)'],
  [
    { kind: 'PAD_CHANGED', memoId: null, memo: null, padId: 'p1', pad: { name: 'Home' } },
    '    42  pad changed        pad “Home” p1',
  ],
  [
    { kind: 'PAD_LEFT', memoId: null, memo: null, padId: 'p1' },
    '    42  pad left           pad p1',
  ],
] as const)('%j is told as %s', (rest, line) => {
  expect(describeChange(change(rest as Partial<WatchedChange>))).toBe(line);
});
