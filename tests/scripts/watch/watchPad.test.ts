import { expect, test } from '@jest/globals';
import type { Client } from 'graphql-ws';
import { watchPad } from '#scripts/watch/watchPad.ts';

test('changes are printed with the cursor to go on from, each cursor once', async () => {
  const memo = { title: 'Milk', state: 'ACTIVE' };
  const change = { seq: 2, kind: 'CREATED', version: 1, truncated: false, padId: null, pad: null };
  const batches = [
    { to: 'e.2', reset: true, changes: [{ ...change, memoId: 'm', memo }] },
    { to: 'e.2', reset: false, changes: [] },
    { to: 'e.3', reset: false, changes: [{ ...change, seq: 3, memoId: 'm', memo }] },
  ];
  async function* iterate() {
    for (const memoChanges of batches) yield { data: { memoChanges } };
  }
  const client = { on: () => () => {}, iterate } as unknown as Client;
  const lines: string[] = [];
  await watchPad({ client, padId: 'pad', print: (line) => lines.push(line) });
  expect(lines).toEqual([
    '! The log no longer reaches back so far: read the memos again.',
    '     2  created      v1    “Milk”',
    '        cursor e.2',
    '     3  created      v1    “Milk”',
    '        cursor e.3',
  ]);
});
