import { beforeAll, describe, expect, test } from '@jest/globals';
import { isoTime } from '#domain/clock.ts';
import { firstVersion } from '#domain/memo/firstVersion.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { toMemoRow } from '#table/memo/memoRow.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';
import { loadStep, type StepHandlers } from './stepHandlers.ts';

const VIEWER = someUlid();
const KEY = { padId: VIEWER, ulid: someUlid() };
const MEMO = firstVersion(KEY, { title: 'Milk' }, VIEWER, NOW - 60_000);
const access = { viewerId: VIEWER, padId: VIEWER, action: 'WRITE', role: 'OWNER' };
const error = { type: 'DynamoDB:ConditionalCheckFailedException', message: 'failed' };
const input = { id: MEMO.id, title: 'Rye' };

let step: StepHandlers;
beforeAll(async () => {
  step = await loadStep('Mutation.updateMemo/3.write.memoTable.ts');
});

const overtaken: Memo = { ...MEMO, version: 2, body: 'theirs', updatedAt: isoTime(NOW - 1000) };

/** One try: the stash behind it, or how it ended. */
function tryOnce(stash: object, answer: object): { stash: object; wrote: unknown; end: unknown } {
  const args = { arguments: { input } };
  const asked = step.request({ ...args, stash: { access, ...stash } });
  const told = step.response({ ...args, stash: asked.stash, ...answer });
  return { stash: told.stash as object, wrote: asked.value, end: told.error };
}

describe('a change of a memo', () => {
  test('that was overtaken is made again, over what was in the way', () => {
    const first = tryOnce(
      { memo: MEMO, expectedVersion: null },
      { error, result: toMemoRow(overtaken) },
    );
    expect(first.wrote).toMatchObject({
      condition: { expressionValues: { ':version': { N: 1 } } },
    });
    expect(first.end).toBeUndefined();
    const second = tryOnce(first.stash, { result: {} });
    expect(second.wrote).toMatchObject({
      operation: 'PutItem',
      attributeValues: { title: { S: 'Rye' }, body: { S: 'theirs' }, version: { N: 3 } },
      condition: { expressionValues: { ':version': { N: 2 } } },
    });
    expect(second.stash).toMatchObject({ memo: { title: 'Rye', body: 'theirs', version: 3 } });
  });

  test('that was overtaken twice is CONFLICT with what was in the way', () => {
    const first = tryOnce(
      { memo: MEMO, expectedVersion: null },
      { error, result: toMemoRow(overtaken) },
    );
    const result = toMemoRow({ ...overtaken, version: 3 });
    expect(tryOnce(first.stash, { error, result }).end).toMatchObject({
      errorType: 'CONFLICT',
      errorInfo: { current: { id: MEMO.id, version: 3, title: 'Milk', body: 'theirs' } },
    });
  });

  test('against a version is not made again', () => {
    const stash = { memo: MEMO, expectedVersion: 1 };
    expect(tryOnce(stash, { error, result: toMemoRow(overtaken) }).end).toMatchObject({
      errorType: 'CONFLICT',
      message: 'Expected the memo to be at version 1, it is at version 2.',
    });
  });

  test.each([
    ['purged', { PK: `PAD#${VIEWER}`, SK: 'MEMO#a', version: 2, purged: true }],
    ['gone', null],
    ['expired', toMemoRow({ ...overtaken, state: 'TRASHED', trashedAt: isoTime(0) })],
  ])('of a memo that is %s meanwhile is NOT_FOUND', (_, result) => {
    const { end } = tryOnce({ memo: MEMO, expectedVersion: null }, { error, result });
    expect(end).toMatchObject({ errorType: 'NOT_FOUND' });
  });

  test('that came through is not made again', () => {
    const { stash } = tryOnce({ memo: MEMO, expectedVersion: null }, { result: {} });
    const again = step.request({ arguments: { input }, stash });
    expect(again.early?.value).toMatchObject({ title: 'Rye', version: 2 });
  });

  test('that failed otherwise is masked, and throttling is RATE_LIMITED', () => {
    const failWith = (type: string) =>
      tryOnce({ memo: MEMO, expectedVersion: null }, { error: { type, message: 'secret' } }).end;
    expect(failWith('DynamoDB:InternalServerError')).toMatchObject({ errorType: 'INTERNAL' });
    expect(failWith('DynamoDB:ProvisionedThroughputExceededException')).toMatchObject({
      errorType: 'RATE_LIMITED',
      errorInfo: { retryAfterSeconds: 1 },
    });
  });
});

describe('the bodies of a page', () => {
  test('that DynamoDB left out are RATE_LIMITED', async () => {
    const bodies = await loadStep('Query.memos/4.readBodies.memoTable.ts');
    const left = { memos: [{ PK: 'PAD#a', SK: 'MEMO#b' }] };
    const result = { data: { memos: [null] }, unprocessedKeys: left };
    expect(bodies.response({ result }).error).toMatchObject({ errorType: 'RATE_LIMITED' });
  });
});
