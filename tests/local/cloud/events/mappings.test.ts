import { describe, expect, test } from '@jest/globals';
import { ALLOW_ALL } from '#tests/support/awsEndpoint.ts';
import { useFolders } from '#tests/support/folder.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { QUEUE_ARN, streamArnOf } from './resources.ts';
import { type MappingLab, sortKeys, useMappings } from './useMappings.ts';

const startLab = useMappings();
const makeFolder = useFolders();

const SUCCEED = 'export const handler = async () => {};';

const delivered = (lab: MappingLab, count: number): Promise<string[]> =>
  waitFor(`${count} records`, () => atLeast(count, lab.delivered()));

const atLeast = <Value>(count: number, values: Value[]): Value[] | undefined =>
  values.length >= count ? values : undefined;

describe('a mapping', () => {
  test('gives its function the records as AWS does', async () => {
    const lab = await startLab({ code: SUCCEED });
    await lab.put({ PK: 'pad', SK: 'memo', count: 1 });
    await lab.put({ PK: 'pad', SK: 'memo', count: 2 });
    await lab.remove({ PK: 'pad', SK: 'memo' });
    await delivered(lab, 3);
    const records = lab.invocations.flatMap((invocation) => invocation.records);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(records[1]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'ap-northeast-2',
      eventSourceARN: streamArnOf(lab.tableName),
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: { PK: { S: 'pad' }, SK: { S: 'memo' } },
        OldImage: { PK: { S: 'pad' }, SK: { S: 'memo' }, count: { N: '1' } },
        NewImage: { PK: { S: 'pad' }, SK: { S: 'memo' }, count: { N: '2' } },
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(records[2]?.dynamodb).not.toHaveProperty('NewImage');
    expect(records[2]).not.toHaveProperty('userIdentity');
  });

  test('passes over writes that change nothing', async () => {
    const lab = await startLab({ code: SUCCEED });
    await lab.put({ PK: 'pad', SK: 'a' });
    await lab.put({ PK: 'pad', SK: 'a' });
    await lab.put({ PK: 'pad', SK: 'b' });
    expect(await delivered(lab, 2)).toEqual(['a', 'b']);
  });

  test('marks deletions of what had expired', async () => {
    const lab = await startLab({ code: SUCCEED });
    await lab.put({ PK: 'pad', SK: 'expired', ttl: 1_700_000_000 });
    await delivered(lab, 1);
    expect(await lab.sweep()).toBe(1);
    await delivered(lab, 2);
    expect(lab.invocations.at(-1)?.records[0]).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    });
  });

  test('passes over what its filter does not want', async () => {
    const Pattern = JSON.stringify({ dynamodb: { NewImage: { kind: { S: ['memo'] } } } });
    const lab = await startLab({
      code: SUCCEED,
      properties: { FilterCriteria: { Filters: [{ Pattern }] } },
    });
    await lab.put({ PK: 'pad', SK: 'a', kind: 'memo' });
    await lab.put({ PK: 'pad', SK: 'b', kind: 'pad' });
    await lab.put({ PK: 'pad', SK: 'c', kind: 'memo' });
    expect(await delivered(lab, 2)).toEqual(['a', 'c']);
  });

  test('begins at LATEST with what is written after it was started', async () => {
    const first = await startLab({ code: SUCCEED });
    await first.put({ PK: 'pad', SK: 'before' });
    const { tableName } = first;
    const properties = { StartingPosition: 'LATEST' };
    const lab = await startLab({ code: SUCCEED, tableName, properties });
    await lab.put({ PK: 'pad', SK: 'after' });
    expect(await delivered(lab, 1)).toEqual(['after']);
  });

  test('keeps the order of every key while keys run side by side', async () => {
    const lab = await startLab({
      code: `export const handler = async () => {
        await new Promise((resolve) => setTimeout(resolve, 10 * Math.random()));
      };`,
      properties: { BatchSize: 2, ParallelizationFactor: 2 },
    });
    for (let round = 0; round < 8; round += 1) {
      await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((SK) => lab.put({ PK: `pad-${SK}`, SK, round })),
      );
    }
    await delivered(lab, 40);
    const records = lab.invocations.flatMap((invocation) => invocation.records);
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      const rounds = records
        .filter(({ dynamodb }) => Object(dynamodb.Keys.SK).S === key)
        .map(({ dynamodb }) => Number(Object(dynamodb.NewImage?.round).N));
      expect(rounds).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    }
    expect(lab.invocations.every(({ records: batch }) => batch.length <= 2)).toBe(true);
  });

  test('collects a batch until it is full', async () => {
    const lab = await startLab({
      code: SUCCEED,
      properties: { BatchSize: 3, MaximumBatchingWindowInSeconds: 300 },
    });
    for (const SK of ['a', 'b', 'c', 'd', 'e', 'f']) await lab.put({ PK: 'pad', SK });
    await delivered(lab, 6);
    expect(lab.invocations.map(({ records }) => sortKeys(records))).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ]);
  });
});

describe('a start', () => {
  test("fails with AWS's sentence when the role may not read the stream", async () => {
    await expect(startLab({ code: SUCCEED, statements: [] })).rejects.toThrow(
      'Please ensure the role can perform the GetRecords',
    );
  });

  test('fails when the table has no stream', async () => {
    const properties = { StartingPosition: 'LATEST' };
    const starting = startLab({ code: SUCCEED, tableName: 'Nowhere', properties });
    await expect(starting).rejects.toThrow('ResourceNotFoundException');
  });

  test('fails when there is no such queue', async () => {
    const Destination = `${QUEUE_ARN}2`;
    const properties = { DestinationConfig: { OnFailure: { Destination } } };
    const statements = [ALLOW_ALL];
    await expect(startLab({ code: SUCCEED, properties, statements })).rejects.toThrow(
      `Expected ${Destination} to be a queue of one of the stacks.`,
    );
  });

  test('leaves a disabled mapping alone, which then goes on where it was', async () => {
    const folder = makeFolder();
    const lab = await startLab({ code: SUCCEED, folder });
    await lab.put({ PK: 'pad', SK: 'a' });
    await delivered(lab, 1);
    await lab.stop();
    const { tableName } = lab;
    const properties = { Enabled: false };
    const disabled = await startLab({ code: SUCCEED, folder, tableName, properties });
    await disabled.put({ PK: 'pad', SK: 'b' });
    // By then it would have had it too.
    await delivered(await startLab({ code: SUCCEED, tableName }), 2);
    await disabled.stop();
    expect(disabled.invocations).toEqual([]);
    const next = await startLab({ code: SUCCEED, folder, tableName });
    expect(await delivered(next, 1)).toEqual(['b']);
  });
});

describe('a restart', () => {
  const properties = { BatchSize: 1 };

  test('goes on after what was done', async () => {
    const folder = makeFolder();
    const lab = await startLab({ code: SUCCEED, folder, properties });
    await lab.put({ PK: 'pad', SK: 'a' });
    await lab.put({ PK: 'other', SK: 'b' });
    await delivered(lab, 2);
    await lab.stop();
    await lab.put({ PK: 'pad', SK: 'c' });
    const { tableName } = lab;
    const next = await startLab({ code: SUCCEED, folder, tableName, properties });
    expect(await delivered(next, 1)).toEqual(['c']);
  });

  test('goes on after what the filter did not want', async () => {
    const folder = makeFolder();
    const Pattern = JSON.stringify({ eventName: ['REMOVE'] });
    const filtered = { FilterCriteria: { Filters: [{ Pattern }] } };
    const lab = await startLab({ code: SUCCEED, folder, properties: filtered });
    await lab.put({ PK: 'pad', SK: 'a' });
    await lab.remove({ PK: 'pad', SK: 'a' });
    await delivered(lab, 1);
    await lab.stop();
    const { tableName } = lab;
    const next = await startLab({ code: SUCCEED, folder, tableName });
    await next.put({ PK: 'pad', SK: 'b' });
    expect(await delivered(next, 1)).toEqual(['b']);
  });

  test('delivers a stuck lane from where it stuck, and nothing of others again', async () => {
    const folder = makeFolder();
    const code = `export const handler = async ({ Records: [record] }) => {
      if (record.dynamodb.Keys.SK.S === 'stuck') throw new Error('Stuck.');
    };`;
    const lab = await startLab({ code, folder, properties });
    await lab.put({ PK: 'pad', SK: 'stuck' });
    await lab.put({ PK: 'pad', SK: 'behind' });
    // They can't all be in one shard of four: some go on.
    for (const PK of ['1', '2', '3', '4', '5', '6', '7', '8']) await lab.put({ PK, SK: PK });
    await waitFor('more retries', () => lab.retries.length > 5);
    expect(await delivered(lab, 4)).not.toContain('behind');
    await lab.stop();
    const before = new Set(lab.delivered());
    const { tableName } = lab;
    const next = await startLab({ code: SUCCEED, folder, tableName, properties });
    const after = await delivered(next, 10 - before.size);
    expect(after.indexOf('stuck')).toBeLessThan(after.indexOf('behind'));
    expect(after.filter((SK) => before.has(SK))).toEqual([]);
  });

  test('begins at LATEST only once', async () => {
    const folder = makeFolder();
    const latest = { StartingPosition: 'LATEST' };
    const lab = await startLab({ code: SUCCEED, folder, properties: latest });
    await lab.stop();
    await lab.put({ PK: 'pad', SK: 'between' });
    const { tableName } = lab;
    const next = await startLab({ code: SUCCEED, folder, tableName, properties: latest });
    expect(await delivered(next, 1)).toEqual(['between']);
  });

  test('with more lanes goes on where the last one was', async () => {
    const folder = makeFolder();
    const lab = await startLab({ code: SUCCEED, folder, properties });
    await lab.put({ PK: 'pad', SK: 'a' });
    await delivered(lab, 1);
    await lab.stop();
    const { tableName } = lab;
    const more = { ...properties, ParallelizationFactor: 3 };
    const next = await startLab({ code: SUCCEED, folder, tableName, properties: more });
    await next.put({ PK: 'pad', SK: 'b' });
    expect(await delivered(next, 1)).toEqual(['b']);
  });
});
