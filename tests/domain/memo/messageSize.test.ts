import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { factsOf } from '#domain/memo/content.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { fitMessage, MESSAGE_BYTES_MAX, memoMessageBytes } from '#domain/memo/messageSize.ts';
import { tasksOf } from '#domain/memo/tasks.ts';
import { changeAt } from '#tests/support/changes.ts';
import { aSummary, aText, aTitle } from '#tests/support/memoArbitraries.ts';
import { someUlid } from '#tests/support/memos.ts';

const aLine = fc.oneof(
  aText,
  aTitle.map((text) => `- [ ] ${text}`),
  fc.constantFrom('"\\"', '- [x] \t"', '가나다', '👩‍👧'),
);
const aMemo: fc.Arbitrary<Memo> = fc
  .record({ summary: aSummary, lines: fc.array(aLine, { maxLength: 40 }) })
  .map(({ summary, lines }) => withBody(summary, lines.join('\n')));

function withBody(summary: Omit<Memo, 'body'>, body: string): Memo {
  return { ...summary, body, ...factsOf(body) };
}

/** A memo as it is published, with the longest names of its pad and its people. */
function published({ body, ...memo }: Memo): string {
  const user = { id: someUlid(), displayName: '가'.repeat(80), createdAt: memo.createdAt };
  const pad = { id: memo.padId, name: '가'.repeat(100), createdAt: memo.createdAt };
  const tasks = tasksOf(body);
  return JSON.stringify({ ...memo, body, tasks, pad, author: user, lastEditor: user });
}

test('a memo is never heavier than reckoned', () => {
  fc.assert(
    fc.property(aMemo, (memo) => {
      expect(Buffer.byteLength(published(memo))).toBeLessThanOrEqual(memoMessageBytes(memo));
    }),
  );
});

test('a body without tasks weighs what it does', () => {
  const [summary] = fc.sample(aSummary, 1) as [Memo];
  const memo = withBody(summary, '가"\\\n'.repeat(20_000));
  const over = memoMessageBytes(memo) - Buffer.byteLength(published(memo));
  expect(over).toBeGreaterThanOrEqual(0);
  expect(over).toBeLessThan(10_000);
});

const padId = someUlid();
const [summary] = fc.sample(aSummary, 1) as [Memo];
const change = (seq: number, ulid = someUlid()) =>
  changeAt(padId, seq, { memoId: `${padId}.${ulid}` });
const memoOf = (characters: number): Memo => withBody(summary, 'a'.repeat(characters));

test('a message holds as much as it may, and always the first', () => {
  const ulids = [someUlid(), someUlid(), someUlid()] as [string, string, string];
  const changes = ulids.map((ulid, index) => change(index + 1, ulid));
  const known = (...sizes: number[]) =>
    Object.fromEntries(ulids.map((ulid, index) => [ulid, memoOf(sizes[index] ?? 0)]));
  const fitted = (...sizes: number[]) =>
    fitMessage(changes, known(...sizes)).map(({ memo, isCut }) =>
      isCut ? 'CUT' : memo?.body.length,
    );
  expect(fitted(100, 100, 100)).toEqual([100, 100, 100]);
  expect(fitted(100_000, 100_000, 100_000)).toEqual([100_000, 100_000]);
  expect(fitted(MESSAGE_BYTES_MAX, 100, 100)).toEqual(['CUT', 100, 100]);
  expect(fitted(100_000, MESSAGE_BYTES_MAX, 100_000)).toEqual([100_000, 'CUT', 100_000]);
});

test('what was not read ends it, what is purged does not', () => {
  const [first, second] = [change(1), { ...change(2), kind: 'DELETED' as const }];
  expect(fitMessage([second, first], {})).toEqual([{ change: second, memo: null, isCut: false }]);
  const ulid = first.memoId?.slice(27) ?? '';
  expect(fitMessage([first, second], { [ulid]: null }).length).toBe(2);
});
