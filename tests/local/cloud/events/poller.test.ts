import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { StreamRecord } from '#local/cloud/dynamodb/streamRecord.ts';
import { createLane, type QueuedRecord } from '#local/cloud/events/lane.ts';
import { planMappings } from '#local/cloud/events/planMappings.ts';
import { createPoller } from '#local/cloud/events/poller.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { makeResources, roles, streamArnOf } from './resources.ts';

const toPosition = (number: number): string => `1${String(number).padStart(20, '0')}`;

const makeRecord = (number: number): StreamRecord => ({
  eventID: String(number),
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'ap-northeast-2',
  eventSourceARN: streamArnOf('Memos'),
  dynamodb: {
    ApproximateCreationDateTime: 1_700_000_000,
    Keys: { PK: { S: `pad-${number % 7}` }, SK: { S: String(number) } },
    SequenceNumber: toPosition(number),
    SizeBytes: 10,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  },
});

/** A poller of a stream that grows by hand, whose lanes deliver when they are let. */
function makeLab() {
  const stream: StreamRecord[] = [];
  const delivered: QueuedRecord[] = [];
  const reads: string[] = [];
  const logged: unknown[] = [];
  const lab = { failingReads: 0, isBlocked: false, onRead: () => {} };
  const [mapping] = planMappings(makeResources('Memos'), roles());
  if (!mapping) throw new Error('Expected a mapping.');
  const lanes = Array.from({ length: 4 }, () =>
    createLane({
      batchSize: 1_000,
      batchingWindowSeconds: 0,
      async deliver(batch, done) {
        await waitFor('leave', () => !lab.isBlocked);
        delivered.push(...batch);
        done(batch.length);
      },
      onProgress: () => poller.onProgress(),
      onError: (error) => logged.push(error),
      signal: new AbortController().signal,
    }),
  );
  const poller = createPoller({
    mapping,
    lanes,
    reader: {
      async read(after) {
        reads.push(after);
        if (lab.failingReads > 0) {
          lab.failingReads -= 1;
          throw new Error('The engine is away.');
        }
        const from = Number(after.slice(1));
        const records = stream.slice(from, from + 100);
        await Promise.resolve();
        lab.onRead();
        const isLast = records.length < 100;
        return { records, position: toPosition(from + records.length), isLast };
      },
    },
    checkpoints: { saveSoon: () => {} },
    start: lanes.map(() => toPosition(0)),
    log: (entry) => logged.push(entry),
  });
  const write = (count: number): void => {
    for (let one = 0; one < count; one += 1) stream.push(makeRecord(stream.length + 1));
  };
  return Object.assign(lab, { poller, write, delivered, reads, logged });
}

async function letOthersRun(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
}

describe('a poller', () => {
  test('reads page after page, and after the last one nothing until it is woken', async () => {
    const { poller, write, delivered, reads } = makeLab();
    write(250);
    poller.poll();
    await waitFor('all', () => delivered.length === 250);
    const before = reads.length;
    expect(reads).toEqual([0, 100, 200].map(toPosition));
    await letOthersRun();
    expect(reads).toHaveLength(before);
    write(1);
    poller.poll();
    await waitFor('one more', () => delivered.length === 251);
  });

  test('reads again when it is woken while it reads', async () => {
    const lab = makeLab();
    let isFirst = true;
    lab.onRead = () => {
      if (!isFirst) return;
      isFirst = false;
      // After the answer was made: it isn't in it.
      lab.write(1);
      lab.poller.poll();
    };
    lab.poller.poll();
    await waitFor('the record', () => lab.delivered.length === 1);
  });

  test('goes on when the engine could not be read', async () => {
    const lab = makeLab();
    lab.failingReads = 1;
    lab.write(1);
    lab.poller.poll();
    await waitFor('the record', () => lab.delivered.length === 1);
    expect(lab.logged).toEqual([
      {
        level: 'error',
        message: 'stream not read',
        mapping: 'Test/Mapping',
        error: 'Error: The engine is away.',
      },
    ]);
  });

  test('reads no more while ten thousand records wait, and the rest afterwards', async () => {
    const lab = makeLab();
    lab.isBlocked = true;
    lab.write(10_500);
    lab.poller.poll();
    await waitFor('a hundred pages', () => lab.reads.length === 100);
    await letOthersRun();
    expect(lab.reads).toHaveLength(100);
    lab.isBlocked = false;
    await waitFor('all', () => lab.delivered.length === 10_500);
  });

  test('reads nothing once it is stopped', async () => {
    const { poller, write, reads } = makeLab();
    poller.stop();
    write(1);
    poller.poll();
    expect(reads).toEqual([]);
  });
});
