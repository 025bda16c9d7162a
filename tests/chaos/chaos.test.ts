import { expect, test } from '@jest/globals';
import { runChaos } from './run.ts';
import { FLAWLESS, judge, unknownTo } from './verdict.ts';
import type { SeenChange } from './watcher.ts';

const TAKES_AT_MOST_MS = 120_000;

const SMALL = { seed: 1, mutations: 60, clients: 6, pads: 2, killsCloud: true, restMs: 50 };

test.each([
  ['socket', 'under all faults at once, with the whole cloud killed in the middle'],
  ['appsync', 'the same of those who watch through AppSync, or write through it'],
] as const)(
  'watchers get every change once and in order: %s, %s',
  async (door, _what) => {
    const result = await runChaos({ ...SMALL, door });
    expect(result).toMatchObject({ ...FLAWLESS, unlogged: 0, resets: 0, problems: [] });
    expect(result.connections).toBeGreaterThan(result.watchers);
    expect(result.deliveries).toBeGreaterThan(result.writes);
  },
  TAKES_AT_MOST_MS,
);

const seen = (...changes: [seq: number, version: number][]): SeenChange[] =>
  changes.map(([seq, version]) => ({
    seq,
    version,
    kind: version === 1 ? 'CREATED' : 'EDITED',
    memoId: 'memo',
  }));

test.each([
  ['nothing wrong', seen([1, 1], [2, 2], [3, 3]), {}],
  ['a change in the middle that never came', seen([1, 1], [3, 3]), { lost: 1, versionGaps: 1 }],
  ['a last change that never came', seen([1, 1], [2, 2]), { lost: 1 }],
  ['nothing at all', [], { lost: 3 }],
  [
    'a change that came twice',
    seen([1, 1], [2, 2], [2, 2], [3, 3]),
    { duplicates: 1, versionGaps: 1 },
  ],
  ['changes in another order', seen([2, 2], [1, 1], [3, 3]), { outOfOrder: 1, versionGaps: 3 }],
])('%s is seen', (_what, told, flaws) => {
  expect(judge({ seen: told, head: 3 })).toEqual({ ...FLAWLESS, ...flaws });
});

test('an acknowledged write that nobody was told of is seen', () => {
  expect(unknownTo(seen([1, 1], [2, 2]), ['memo@2', 'memo@3'])).toEqual(['memo@3']);
});
