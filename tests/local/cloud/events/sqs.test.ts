import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { planQueues } from '#local/cloud/events/sqs/planQueues.ts';
import { openQueues } from '#local/cloud/events/sqs/queues.ts';
import { createSqsService } from '#local/cloud/events/sqs/service.ts';
import type { Credentials } from '#local/cloud/iam/callers.ts';
import { ALLOW_ALL, type TestEndpoint, useEndpoints } from '#tests/support/awsEndpoint.ts';
import { useFolders } from '#tests/support/folder.ts';
import { QUEUE_ARN, QUEUE_URL, queueResource, SEND } from './resources.ts';

const serve = useEndpoints();
const makeFolder = useFolders();

const open = (folder?: string, clock?: () => number) =>
  openQueues(planQueues([queueResource({ VisibilityTimeout: 20 })]), { folder, clock });

const client =
  (endpoint: TestEndpoint, credentials: Credentials = endpoint.grant(ALLOW_ALL)) =>
  async (operation: string, input: object = {}) => {
    const { status, body } = await endpoint.call({
      credentials,
      service: 'sqs',
      target: `AmazonSQS.${operation}`,
      input: { QueueUrl: QUEUE_URL, ...input },
    });
    return { status, body: JSON.parse(body) };
  };

/** A clock that is moved by hand, near the real one, which signatures are checked against. */
function useClock() {
  const time = { offsetMs: 0 };
  return { time, clock: () => Date.now() + time.offsetMs };
}

describe('a queue', () => {
  test('gives a message once until its visibility ends', async () => {
    const { time, clock } = useClock();
    const call = client(await serve(createSqsService(open(undefined, clock), { clock })));
    const sent = await call('SendMessage', { MessageBody: 'hello' });
    expect(sent).toEqual({
      status: 200,
      body: { MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592', MessageId: expect.any(String) },
    });
    const received = await call('ReceiveMessage', { AttributeNames: ['ApproximateReceiveCount'] });
    expect(received.body).toEqual({
      Messages: [
        {
          MessageId: sent.body.MessageId,
          ReceiptHandle: expect.any(String),
          MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
          Body: 'hello',
          Attributes: { ApproximateReceiveCount: '1' },
        },
      ],
    });
    expect((await call('ReceiveMessage')).body).toEqual({});
    time.offsetMs = 20_001;
    const again = await call('ReceiveMessage', { MessageSystemAttributeNames: ['All'] });
    expect(again.body.Messages[0].Attributes).toEqual({
      ApproximateReceiveCount: '2',
      ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      SentTimestamp: expect.stringMatching(/^\d{13}$/),
    });
  });

  test('that can’t be read stops the start, and the file is named', () => {
    const folder = makeFolder();
    const queues = open(folder);
    queues.send(QUEUE_ARN, 'kept');
    const [file = ''] = readdirSync(folder);
    writeFileSync(join(folder, file), '[');
    expect(() => open(folder)).toThrow(`Expected ${join(folder, file)} to hold a queue's messages`);
  });

  test('forgets what is deleted, also across a restart', async () => {
    const folder = makeFolder();
    const call = client(await serve(createSqsService(open(folder))));
    await call('SendMessage', { MessageBody: 'deleted' });
    await call('SendMessage', { MessageBody: 'kept' });
    const { body } = await call('ReceiveMessage', { MaxNumberOfMessages: 1 });
    const { ReceiptHandle } = body.Messages[0];
    expect(await call('DeleteMessage', { ReceiptHandle })).toEqual({ status: 200, body: {} });
    const messages = open(folder).find(QUEUE_ARN)?.receive(10);
    expect(messages?.map((message) => message.body)).toEqual(['kept']);
  });

  test('forgets messages after their retention', () => {
    const { time, clock } = useClock();
    const queues = open(undefined, clock);
    queues.send(QUEUE_ARN, 'old');
    time.offsetMs = 345_600_000 - 60_000;
    expect(queues.find(QUEUE_ARN)?.receive(1, 0)).toHaveLength(1);
    time.offsetMs = 345_600_000 + 60_000;
    expect(queues.find(QUEUE_ARN)?.receive(1)).toHaveLength(0);
  });

  test('lets receivers wait for a message', async () => {
    const queues = open();
    const call = client(await serve(createSqsService(queues)));
    const receiving = call('ReceiveMessage', { WaitTimeSeconds: 20 });
    await call('SendMessage', { MessageBody: 'hello' });
    expect((await receiving).body.Messages).toHaveLength(1);
  });

  test.each([
    ['SendMessage', {}, 'com.amazonaws.sqs#MissingParameter'],
    [
      'SendMessage',
      { MessageBody: 'x', DelaySeconds: 1 },
      'com.amazonaws.sqs#UnsupportedOperation',
    ],
    [
      'SendMessage',
      { MessageBody: 'x'.repeat(1_048_577) },
      'com.amazonaws.sqs#InvalidParameterValue',
    ],
    ['ReceiveMessage', { MaxNumberOfMessages: 11 }, 'com.amazonaws.sqs#InvalidParameterValue'],
    ['ReceiveMessage', { WaitTimeSeconds: 21 }, 'com.amazonaws.sqs#InvalidParameterValue'],
    ['DeleteMessage', { ReceiptHandle: 'junk' }, 'com.amazonaws.sqs#ReceiptHandleIsInvalid'],
    ['PurgeQueue', {}, 'com.amazonaws.sqs#UnsupportedOperation'],
    ['toString', {}, 'com.amazonaws.sqs#UnsupportedOperation'],
    [
      'SendMessage',
      { MessageBody: 'x', QueueUrl: `${QUEUE_URL}2` },
      'com.amazonaws.sqs#QueueDoesNotExist',
    ],
    ['SendMessage', { MessageBody: 'x', QueueUrl: 'Failures' }, 'com.amazonaws.sqs#InvalidAddress'],
  ])('refuses %s of %p', async (operation, input, type) => {
    const call = client(await serve(createSqsService(open())));
    expect(await call(operation, input)).toMatchObject({ status: 400, body: { __type: type } });
  });

  test('lets callers do what their policies say', async () => {
    const endpoint = await serve(createSqsService(open()));
    const call = client(endpoint, endpoint.grant(SEND));
    expect((await call('SendMessage', { MessageBody: 'x' })).status).toBe(200);
    const refused = await call('ReceiveMessage');
    expect(refused.body.__type).toContain('AccessDeniedException');
    expect(refused.body.Message).toContain(
      `is not authorized to perform: sqs:ReceiveMessage on resource: ${QUEUE_ARN}`,
    );
  });
});
