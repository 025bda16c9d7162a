import { beforeAll, describe, expect, test } from '@jest/globals';
import { isoTime } from '#domain/clock.ts';
import { factsOf } from '#domain/memo/content.ts';
import type { MemoSummary } from '#domain/memo/memo.ts';
import { memoIdOf } from '#domain/memo/memoId.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';
import { loadStep, type StepHandlers } from './stepHandlers.ts';

const CANCELLED = { type: 'DynamoDB:TransactionCanceledException', message: 'cancelled' };

let step: StepHandlers;
beforeAll(async () => {
  step = await loadStep('Mutation.emptyTrash/4.bury.memoTable.ts');
});

function trashed(minutesAgo: number, bodyBytes = 0): MemoSummary {
  const [padId, ulid] = [PAD, someUlid()];
  const updatedAt = isoTime(NOW - minutesAgo * 60_000);
  return {
    ...{ padId, ulid, id: memoIdOf({ padId, ulid }), title: 'a', tags: [], color: 'DEFAULT' },
    ...{ pinned: false, state: 'TRASHED', trashedAt: updatedAt, version: 2, ...factsOf('') },
    ...{ createdAt: updatedAt, updatedAt, authorId: PAD, lastEditorId: PAD, bodyBytes },
  };
}

const PAD = someUlid();
const contextOf = (stash: object, more: object = {}) => ({
  stash: { now: NOW, ...stash },
  ...more,
});

/** The ulids that a request would bury. */
function buried(stash: object): string[] {
  const { value, early } = step.request(contextOf(stash));
  if (early) return [`answers ${early.value}`];
  const { transactItems } = value as { transactItems: { key: { SK: { S: string } } }[] };
  return transactItems.map(({ key }) => key.SK.S.slice('MEMO#'.length));
}

describe('one try at emptying the trash', () => {
  test('is for the 100 that were written to longest ago', () => {
    const memos = Array.from({ length: 150 }, (_, index) => trashed(index));
    const oldest = memos.slice(-100).map(({ ulid }) => ulid);
    expect(buried({ trashed: memos })).toEqual(oldest.toReversed());
  });

  test('is for as many bodies as one transaction takes', () => {
    const memos = Array.from({ length: 9 }, (_, index) => trashed(index, 900_000));
    expect(buried({ trashed: memos })).toHaveLength(3);
    expect(buried({ trashed: [trashed(1, 3_500_000)] })).toHaveLength(1);
  });

  test('leaves an empty trash alone', () => {
    expect(buried({ trashed: [] })).toEqual(['answers 0']);
  });

  test('names table, version and time, and asks for nothing back', () => {
    const memo = trashed(1);
    const { value } = step.request(contextOf({ trashed: [memo] }));
    expect(value).toMatchObject({
      operation: 'TransactWriteItems',
      transactItems: [
        {
          ...{ table: 'memos', operation: 'UpdateItem' },
          key: { PK: { S: `PAD#${PAD}` }, SK: { S: `MEMO#${memo.ulid}` } },
          condition: {
            expressionValues: { ':version': { N: 2 }, ':expired': { N: NOW - 2_592_000_000 } },
            returnValuesOnConditionCheckFailure: false,
          },
        },
      ],
    });
  });
});

describe('a try that others were in the way of', () => {
  const chosen = [trashed(3), trashed(2), trashed(1)];
  const result = {
    keys: null,
    cancellationReasons: [
      { type: 'None' },
      { type: 'ConditionalCheckFailed' },
      { type: 'TransactionConflict' },
    ],
  };

  test('is followed by one for the rest', () => {
    const first = step.response(contextOf({ chosen }, { error: CANCELLED, result }));
    expect(first.error).toBeUndefined();
    const { stash } = first as { stash: object };
    expect(buried(stash)).toEqual([chosen[0]?.ulid]);
    const second = step.response(contextOf(stash, { result: { keys: [] } }));
    expect(second.value).toBe(1);
  });

  test('and whose rest was in the way too, is CONFLICT', () => {
    const stash = { chosen, wasTried: true };
    const { error } = step.response(contextOf(stash, { error: CANCELLED, result }));
    expect(error).toMatchObject({ errorType: 'CONFLICT' });
  });

  test('came through once and is not made again', () => {
    expect(buried({ chosen, wasTried: true, purged: 3 })).toEqual(['answers 3']);
    expect(buried({ chosen, purged: 3 })).toEqual(['answers 3']);
  });

  test('failed otherwise is masked', () => {
    const error = { type: 'DynamoDB:InternalServerError', message: 'secret' };
    const outcome = step.response(contextOf({ chosen }, { error }));
    expect(outcome.error).toMatchObject({ errorType: 'INTERNAL' });
    expect(JSON.stringify(outcome.error)).not.toContain('secret');
  });
});
