import { randomBytes } from 'node:crypto';
import {
  type BatchGetItemCommandOutput,
  type QueryCommandOutput,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { Table } from '#table/dynamoDb.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const table = useTable(MEMO_TABLE);
const NOW = '2026-01-31T09:30:00.000Z';
const newId = () => createUlid(Date.parse(NOW), randomBytes);
const metadata = { $metadata: {}, message: 'injected' };

/** What DynamoDB says when another transaction is under way on one of the items; this engine never does. */
const cancelled = () =>
  new TransactionCanceledException({
    ...metadata,
    CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
  });
const conflict = () => new TransactionConflictException(metadata);

async function givenPad() {
  const id = newId();
  const ownerId = newId();
  const pad = { id, name: '집', createdAt: NOW, memberCount: 1, ownerCount: 1 };
  await createPadStore(table).createPad(pad, ownerId);
  return { pad, ownerId };
}

/** Sends a command on to the table, whatever its answer is. */
const pass = <Answer>(...given: Parameters<Table['dynamoDb']['send']>) =>
  table.dynamoDb.send(...given) as unknown as Promise<Answer>;

/** The store on a table that fails so many times first, and the pauses it made. */
function storeFailing(times: number, error: () => Error) {
  let failures = 0;
  const pauses: number[] = [];
  const send = (...given: Parameters<Table['dynamoDb']['send']>) => {
    failures += 1;
    if (failures <= times) return Promise.reject(error());
    return table.dynamoDb.send(...given);
  };
  const dynamoDb = { send } as Table['dynamoDb'];
  const pads = createPadStore({ ...table, dynamoDb }, async (count) => {
    pauses.push(count);
  });
  return { pads, pauses };
}

describe('a write that meets another transaction', () => {
  test.each([
    ['renaming', conflict],
    ['a transaction', cancelled],
  ] as const)('is tried again after a pause (%s)', async (what, error) => {
    const { pad, ownerId } = await givenPad();
    const { pads, pauses } = storeFailing(3, error);
    const outcome =
      what === 'renaming'
        ? pads.renamePad(pad.id, '회사')
        : pads.deletePad(pad.id, [{ userId: ownerId, role: 'OWNER', since: NOW }], NOW);
    expect(await outcome).toBe('DONE');
    expect(pauses).toEqual([1, 2, 3]);
  });

  test('is CHANGED after 4 tries, so that its reads are made anew', async () => {
    const { pad } = await givenPad();
    const { pads, pauses } = storeFailing(4, conflict);
    expect(await pads.renamePad(pad.id, '회사')).toBe('CHANGED');
    expect(pauses).toEqual([1, 2, 3]);
  });

  test('is CHANGED at once when a condition failed, too', async () => {
    const { pad } = await givenPad();
    const both = () =>
      new TransactionCanceledException({
        ...metadata,
        CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'ConditionalCheckFailed' }],
      });
    const { pads, pauses } = storeFailing(1, both);
    expect(await pads.createPad({ ...pad, id: newId() }, newId())).toBe('CHANGED');
    expect(pauses).toEqual([]);
  });

  test.each([
    ['a failing table', () => new Error('the disk is full')],
    [
      'a transaction too large',
      () =>
        new TransactionCanceledException({
          ...metadata,
          CancellationReasons: [{ Code: 'ItemCollectionSizeLimitExceeded' }],
        }),
    ],
  ])('passes on %s', async (_, error) => {
    const { pad, ownerId } = await givenPad();
    const { pads } = storeFailing(1, error);
    const key = { padId: pad.id, userId: ownerId };
    await expect(pads.changeRole(key, 'OWNER', 'EDITOR')).rejects.toThrow(error().message);
  });
});

describe('reading many', () => {
  test('asks again for what DynamoDB left for another call', async () => {
    const ids = [(await givenPad()).pad.id, (await givenPad()).pad.id];
    const pauses: number[] = [];
    let calls = 0;
    const send = async (...given: Parameters<Table['dynamoDb']['send']>) => {
      const answer: BatchGetItemCommandOutput = await pass(...given);
      calls += 1;
      if (calls > 1) return answer;
      const [left, ...items] = answer.Responses?.[table.tableName] ?? [];
      const Keys = [{ PK: left!.PK!, SK: left!.SK! }];
      return {
        ...answer,
        Responses: { [table.tableName]: items },
        UnprocessedKeys: { [table.tableName]: { Keys } },
      };
    };
    const dynamoDb = { send } as Table['dynamoDb'];
    const pads = createPadStore({ ...table, dynamoDb }, async (count) => {
      pauses.push(count);
    });
    expect((await pads.pads(ids)).map((pad) => pad?.id)).toEqual(ids);
    expect([calls, pauses]).toEqual([2, [1]]);
  });

  test('reads more than 100 in several calls, each once, in the order asked for', async () => {
    const { pad, ownerId } = await givenPad();
    const missing = Array.from({ length: 120 }, newId);
    const pads = createPadStore(table);
    const answers = await pads.pads([pad.id, ...missing, pad.id, missing[0]!]);
    expect(answers.map((one) => one?.id)).toEqual([
      pad.id,
      ...missing.map(() => undefined),
      pad.id,
      undefined,
    ]);
    const keys = [...missing, pad.id].map((padId) => ({ padId, userId: ownerId }));
    expect((await pads.roles(keys)).at(-1)).toBe('OWNER');
    expect(await pads.pads([])).toEqual([]);
  });

  test('trusts no membership that only the index still knows', async () => {
    const { pad, ownerId } = await givenPad();
    const gone = await givenPad();
    const send = async (...given: Parameters<Table['dynamoDb']['send']>) => {
      const answer: Partial<QueryCommandOutput> = await pass(...given);
      const late = { PK: { S: `PAD#${gone.pad.id}` } };
      return answer.Items ? { ...answer, Items: [late, ...answer.Items] } : answer;
    };
    const dynamoDb = { send } as Table['dynamoDb'];
    const memberships = await createPadStore({ ...table, dynamoDb }).memberships(ownerId);
    expect(memberships.map((one) => one.pad.id)).toEqual([pad.id]);
  });
});

test('a table that can’t keep up is RATE_LIMITED', async () => {
  const { pad } = await givenPad();
  const throttled = () => Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  await expect(storeFailing(1, throttled).pads.pad(pad.id)).rejects.toMatchObject({
    code: 'RATE_LIMITED',
  });
});
