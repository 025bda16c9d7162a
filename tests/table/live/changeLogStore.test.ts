import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { changeItemKey } from '#table/live/changeItem.ts';
import { CHANGE_TTL_SECONDS, createChangeLog } from '#table/live/changeLogStore.ts';
import { toSource } from '#table/live/changeRow.ts';
import { LIVE_TABLE } from '#table/tables.ts';
import { changeAt, EPOCH } from '#tests/support/changes.ts';
import { useTable } from '#tests/support/engine.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';

const table = useTable(LIVE_TABLE);
const logAt = (epochMs: number) => createChangeLog(table, () => epochMs);

test('a pad without a log ends at the start of none', async () => {
  const log = logAt(NOW);
  expect(await log.storedHead(someUlid())).toEqual({
    ...{ epoch: '0', seq: 0, lastSource: '', pushed: 0, published: 0 },
  });
});

test('changes come back as they were appended, in order', async () => {
  const [log, padId, other] = [logAt(NOW), someUlid(), someUlid()];
  const changes = [
    changeAt(padId, 1, { kind: 'CREATED' }),
    changeAt(padId, 2, { kind: 'DELETED', truncated: true }),
    changeAt(padId, 3, { kind: 'PAD_CHANGED', memoId: null, aboutPadId: padId, version: 0 }),
    changeAt(padId, 4, { ...ofOther(other), kind: 'PAD_LEFT' }),
    changeAt(padId, 5, { ...ofOther(padId), kind: 'PAD_CHANGED', leftUserId: other }),
  ];
  for (const change of changes) expect(await log.append(change)).toBe('APPENDED');
  expect(await log.read(padId, 0, 100)).toEqual(changes);
  expect(await log.read(padId, 2, 2)).toEqual(changes.slice(2, 4));
  expect(await log.read(padId, -1, 1)).toEqual(changes.slice(0, 1));
  expect(await log.read(padId, 5, 100)).toEqual([]);
});

const ofOther = (aboutPadId: string) => ({ memoId: null, aboutPadId, version: 0 });

test('a number is taken once', async () => {
  const [log, padId] = [logAt(NOW), someUlid()];
  const both = await Promise.all([1, 2].map(() => log.append(changeAt(padId, 1))));
  expect(both.sort()).toEqual(['APPENDED', 'TAKEN']);
});

test('a record of another pad is in a log once, whatever number it is tried at', async () => {
  const [log, padId, other] = [logAt(NOW), someUlid(), someUlid()];
  const told = (seq: number, source: number) =>
    changeAt(padId, seq, { ...ofOther(other), source: toSource(String(source)) });
  expect(await log.appendForeign(told(1, 9))).toBe('APPENDED');
  expect(await log.appendForeign(told(1, 9))).toBe('KNOWN');
  expect(await log.appendForeign(told(2, 9))).toBe('KNOWN');
  expect(await log.appendForeign(told(2, 8))).toBe('KNOWN');
  expect(await log.appendForeign(told(1, 10))).toBe('TAKEN');
  expect(await log.appendForeign(told(2, 10))).toBe('APPENDED');
  expect((await log.read(padId, 0, 10)).map(({ seq }) => seq)).toEqual([1, 2]);
});

test('a head and what was pushed only move forward', async () => {
  const [log, padId] = [logAt(NOW), someUlid()];
  const at = (seq: number) => ({ epoch: EPOCH, seq, lastSource: toSource(String(seq)) });
  await log.moveHead(padId, at(3));
  await log.moveHead(padId, at(2));
  await log.markPushed(padId, 2);
  await log.markPushed(padId, 1);
  await log.markPublished(padId, 3);
  await log.markPublished(padId, 2);
  expect(await log.storedHead(padId)).toEqual({ ...at(3), pushed: 2, published: 3 });
});

describe('seven days later', () => {
  const later = logAt(NOW + CHANGE_TTL_SECONDS * 1000);

  test('a change is no longer told, whether or not the table has deleted it', async () => {
    const padId = someUlid();
    await logAt(NOW).append(changeAt(padId, 1));
    await logAt(NOW + 1000).append(changeAt(padId, 2));
    expect((await logAt(NOW + 1000).read(padId, 0, 10)).length).toBe(2);
    expect((await later.read(padId, 0, 10)).map(({ seq }) => seq)).toEqual([2]);
  });

  test('what is told has no hole, though the table deletes in no order', async () => {
    const padId = someUlid();
    for (const seq of [1, 2, 3, 4]) await logAt(NOW + 1000).append(changeAt(padId, seq));
    const gone = { TableName: table.tableName, Key: changeItemKey(padId, 2) };
    await table.dynamoDb.send(new DeleteItemCommand(gone));
    expect((await later.read(padId, 0, 10)).map(({ seq }) => seq)).toEqual([3, 4]);
  });
});
