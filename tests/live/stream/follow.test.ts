import { expect, test } from '@jest/globals';
import { createCleanUp } from '#live/stream/cleanUp.ts';
import { createDrainQueue } from '#live/stream/drainQueue.ts';
import { createFollow } from '#live/stream/follow.ts';
import type { SequencedPads } from '#live/stream/sequencer.ts';
import { createWorkOff } from '#live/stream/workOff.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';
import { created, memoOf, padImage, padRecord } from './records.ts';

const [good, bad] = [someUlid(), someUlid()];
const Records = [good, bad, good].map((padId) => created(memoOf(padId)));
const numbers = Records.map(({ dynamodb }) => dynamodb!.SequenceNumber!);

interface Given {
  readonly failures?: readonly string[];
  readonly unmoved?: readonly string[];
  readonly queueFails?: boolean;
}

async function follow(given: Given) {
  const { failures = [], unmoved = [], queueFails = false } = given;
  const queued: string[] = [];
  const drained: string[] = [];
  const sequenced: SequencedPads = {
    pads: new Map([good, bad].map((id) => [id, []])),
    failures,
    headsMoved: Promise.resolve(unmoved),
  };
  const answer = await createFollow({
    sequencer: { sequence: async () => sequenced },
    drain: async (padId) => {
      if (padId === bad) throw new Error('out of reach');
      drained.push(padId);
    },
    drainLater: async (padId) => {
      queued.push(padId);
      if (queueFails) throw new Error('the queue too');
    },
    report: () => undefined,
  })({ Records });
  return { queued, drained, from: answer.batchItemFailures.map((one) => one.itemIdentifier) };
}

test('a pad that can not be drained is left to the queue, and the batch is done', async () => {
  expect(await follow({})).toEqual({ queued: [bad], drained: [good], from: [] });
});

test('what could not be sequenced comes again from there on, and the rest is drained', async () => {
  const failures = [numbers[1]!];
  expect(await follow({ failures })).toEqual({ queued: [bad], drained: [good], from: failures });
});

test('what a head was not moved for comes again too', async () => {
  const given = { failures: [numbers[2]!], unmoved: [numbers[1]!] };
  const from = [numbers[2], numbers[1]];
  expect(await follow(given)).toEqual({ queued: [bad], drained: [good], from });
});

test('a pad that takes too long to drain is left to the queue, for a minute at once', async () => {
  let nowMs = NOW;
  const asked: string[] = [];
  let isOver = () => false;
  const record = created(memoOf(good));
  const once = createFollow({
    sequencer: {
      sequence: async () => ({
        pads: new Map([[good, []]]),
        failures: [],
        headsMoved: Promise.resolve([]),
      }),
    },
    drain: (_, __, asks) => {
      asked.push('drain');
      isOver = asks!;
      return new Promise(() => undefined);
    },
    drainLater: async () => void asked.push('later'),
    report: () => undefined,
    drainWithinMs: 1,
    clock: () => nowMs,
  });
  expect(await once({ Records: [record] })).toEqual({ batchItemFailures: [] });
  expect(asked).toEqual(['drain', 'later']);
  // So that the drain which nobody waits for any more begins nothing new.
  expect(isOver()).toBe(true);
  await once({ Records: [record] });
  expect(asked).toEqual(['drain', 'later', 'later']);
  nowMs += 60_000;
  await once({ Records: [record] });
  expect(asked.slice(3)).toEqual(['drain', 'later']);
});

test('a message whose pad takes too long to drain comes again, the others do not', async () => {
  const workOff = createWorkOff({
    drain: (padId) => (padId === bad ? new Promise(() => undefined) : Promise.resolve()),
    report: () => undefined,
    drainWithinMs: 1,
  });
  const Records = [good, bad].map((padId) => ({
    messageId: padId,
    body: JSON.stringify({ padId }),
  }));
  expect(await workOff({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: bad }] });
});

test('when the queue fails too the whole batch comes again', async () => {
  const again = { queued: [bad], drained: [good], from: [numbers[0]] };
  expect(await follow({ queueFails: true })).toEqual(again);
});

test('the queue gets a message that names the pad, tried twice', async () => {
  const sent: unknown[] = [];
  let status = 500;
  const queue = createDrainQueue({
    client: async (path, body, headers) => {
      sent.push([path, JSON.parse(body), headers?.['x-amz-target']]);
      const answer = { status, headers: {}, body: '' };
      status = 200;
      return answer;
    },
    queueUrl: 'https://sqs.example/1/drain',
  });
  await queue({ padId: good });
  const QueueUrl = 'https://sqs.example/1/drain';
  const message = [
    '/',
    { QueueUrl, MessageBody: JSON.stringify({ padId: good }) },
    'AmazonSQS.SendMessage',
  ];
  expect(sent).toEqual([message, message]);
});

test('a queue that takes nothing is told of', async () => {
  const client = async () => ({ status: 403, headers: {}, body: '' });
  const queue = createDrainQueue({ client, queueUrl: 'https://sqs.example/1/drain' });
  await expect(queue({ padId: good })).rejects.toThrow('got status 403');
});

test('what a deleted pad has left is removed by somebody else, some at a time', async () => {
  const [padId, other] = [someUlid(), someUlid()];
  const tombstone = { deletedAt: { S: 'now' } };
  const Records = [
    padRecord(padId, [padImage(padId, 'a'), tombstone]),
    padRecord(other, [padImage(other, 'a'), padImage(other, 'b')]),
    padRecord(other, [tombstone, tombstone]),
  ];
  const asked: string[] = [];
  const follow = createFollow({
    sequencer: {
      sequence: async () => ({
        pads: new Map(),
        failures: [],
        headsMoved: Promise.resolve([]),
      }),
    },
    drain: async () => undefined,
    drainLater: async () => undefined,
    cleanUpLater: async (id) => void asked.push(id),
    report: () => undefined,
  });
  expect(await follow({ Records })).toEqual({ batchItemFailures: [] });
  expect(asked).toEqual([padId]);
  let left = 2;
  const removeSome = async () => {
    left -= 1;
    return left > 0 ? ('MORE' as const) : ('NONE' as const);
  };
  const cleanUp = createCleanUp({ removeSome }, async (id) => void asked.push(id));
  const workOff = createWorkOff({
    drain: async () => expect('it').toBe('cleaned up'),
    cleanUp,
    report: () => undefined,
  });
  const message = { messageId: 'm', body: JSON.stringify({ padId, task: 'CLEAN_UP' }) };
  for (const _ of [1, 2]) {
    expect(await workOff({ Records: [message] })).toEqual({ batchItemFailures: [] });
  }
  expect(asked).toEqual([padId, padId]);
});
