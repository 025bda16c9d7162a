import { afterEach, describe, expect, test } from '@jest/globals';
import { planQueueMappings } from '#local/cloud/events/planQueueMappings.ts';
import {
  type RunningQueueMappings,
  startQueueMappings,
} from '#local/cloud/events/queueMappings.ts';
import { planQueues } from '#local/cloud/events/sqs/planQueues.ts';
import { openQueues } from '#local/cloud/events/sqs/queues.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { ServiceError } from '#local/cloud/lambda/serviceError.ts';
import type { Resource } from '#local/cloud/template/template.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { FUNCTION_ARN, makeResources, QUEUE_ARN, queueResource, roles } from './resources.ts';

const RECEIVE: Statement = {
  Effect: 'Allow',
  Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  Resource: QUEUE_ARN,
};

interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

/** The function, as a queue's mapping sees it. @param attempt from 1 */
type Work = (records: readonly QueueRecord[], attempt: number) => unknown;

interface LabOptions {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly queue?: Readonly<Record<string, unknown>>;
  readonly statements?: readonly Statement[];
}

const running: RunningQueueMappings[] = [];
afterEach(() => {
  for (const mappings of running.splice(0)) mappings.stop();
});

const resourcesOf = ({ properties, queue }: LabOptions): Resource[] => [
  ...makeResources('Table').filter(({ type }) => !/Mapping|SQS/.test(type)),
  queueResource({ VisibilityTimeout: 3, ...queue }),
  {
    stack: 'Test',
    id: 'Work',
    type: 'AWS::Lambda::EventSourceMapping',
    properties: {
      EventSourceArn: QUEUE_ARN,
      FunctionName: 'greeter',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...properties,
    },
    ref: 'Work',
    attributes: {},
  },
];

function start(work: Work, options: LabOptions = {}) {
  const resources = resourcesOf(options);
  const time = { offsetMs: 0 };
  const clock = (): number => Date.now() + time.offsetMs;
  const queues = openQueues(planQueues(resources), { clock });
  const batches: (readonly QueueRecord[])[] = [];
  const logged: unknown[] = [];
  const functions = {
    async invoke(arn: string, payload: string) {
      expect(arn).toBe(FUNCTION_ARN);
      const { Records } = JSON.parse(payload);
      batches.push(Records);
      const answer = await work(Records, batches.length);
      const isFailure = answer === 'FAILED';
      return {
        payload: JSON.stringify(answer ?? null),
        ...(isFailure && { functionError: 'Unhandled' as const }),
        requestId: 'invocation-1',
        logTail: '',
      };
    },
  };
  const definitions = planQueueMappings(resources, roles(...(options.statements ?? [RECEIVE])));
  const log = (entry: unknown): number => logged.push(entry);
  running.push(startQueueMappings(definitions, { functions, queues, log, clock }));
  const left = (): number => queues.get(QUEUE_ARN).receive(10, 0).length;
  /** Until what was received and not deleted can be received again. */
  const passVisibility = (): void => {
    time.offsetMs += 3_001;
    // Whoever waits looks at the clock when something is sent.
    queues.send(QUEUE_ARN, 'wake');
  };
  return {
    send: (body: string) => queues.send(QUEUE_ARN, body),
    batches,
    left,
    logged,
    passVisibility,
  };
}

const bodiesOf = (batches: readonly (readonly QueueRecord[])[]): string[] =>
  batches.flat().map(({ body }) => body);

describe('a queue’s mapping', () => {
  test('gives messages to its function as Lambda does, and deletes what is done', async () => {
    const { send, batches, left } = start(() => undefined);
    const id = send('hello');
    await waitFor('the message', () => batches.length === 1);
    expect(batches[0]).toEqual([
      {
        messageId: id,
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {},
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        eventSource: 'aws:sqs',
        eventSourceARN: QUEUE_ARN,
        awsRegion: 'ap-northeast-2',
      },
    ]);
    await waitFor('an empty queue', () => left() === 0);
  });

  test.each([
    [
      'a message that its function reports',
      ([first]: readonly QueueRecord[]) => ({
        batchItemFailures: [{ itemIdentifier: first?.messageId }],
      }),
    ],
    ['all of a batch whose function fails', () => 'FAILED'],
    [
      'all of a batch with an identifier that is none',
      () => ({ batchItemFailures: [{ itemIdentifier: 'none' }] }),
    ],
    ['all of a batch that Lambda refuses', () => Promise.reject(ServiceError.stopped())],
  ])('tries again after the visibility timeout: %s', async (_what, fail) => {
    const lab = start((records, attempt) => (attempt === 1 ? fail(records) : undefined));
    lab.send('work');
    await waitFor('the first try', () => lab.batches.length === 1);
    await waitFor('its end', () => lab.left() === 0);
    lab.passVisibility();
    await waitFor(
      'the second',
      () => bodiesOf(lab.batches).filter((body) => body === 'work').length === 2,
    );
    const again = lab.batches
      .flat()
      .filter(({ body }) => body === 'work')
      .at(-1);
    expect(again?.attributes.ApproximateReceiveCount).toBe('2');
    lab.passVisibility();
    await waitFor(
      'an empty queue',
      () => bodiesOf(lab.batches).filter((body) => body === 'wake').length === 2,
    );
    expect(bodiesOf(lab.batches).filter((body) => body === 'work')).toHaveLength(2);
  });

  test('takes no more than its batch at once', async () => {
    const { send, batches } = start(() => undefined, { properties: { BatchSize: 2 } });
    for (const body of 'abcde') send(body);
    await waitFor('all', () => batches.flat().length === 5);
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(2);
    expect(bodiesOf(batches).sort()).toEqual([...'abcde']);
  });

  test('that is disabled leaves messages alone', async () => {
    const { send, batches, left } = start(() => undefined, { properties: { Enabled: false } });
    send('waits');
    expect(left()).toBe(1);
    expect(batches).toEqual([]);
  });
});

describe('it stops the start', () => {
  test.each(['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])(
    'when its function may not %s',
    (action) => {
      const statements = [
        RECEIVE,
        { Effect: 'Deny' as const, Action: `sqs:${action}`, Resource: QUEUE_ARN },
      ];
      expect(() => start(() => undefined, { statements })).toThrow(
        `Test/Work: The provided execution role does not have permissions to call ${action} on SQS.`,
      );
    },
  );

  test('when a message is visible again before its function must end', () => {
    expect(() => start(() => undefined, { queue: { VisibilityTimeout: 2 } })).toThrow(
      'Test/Work: Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds.',
    );
  });

  test('when there is no such queue', () => {
    const properties = { EventSourceArn: `${QUEUE_ARN}x` };
    expect(() => start(() => undefined, { properties })).toThrow(
      'to be a queue of one of the stacks',
    );
  });

  test('with what only streams have, or a laptop doesn’t', () => {
    for (const property of [
      'StartingPosition',
      'FilterCriteria',
      'MaximumBatchingWindowInSeconds',
    ]) {
      expect(() => start(() => undefined, { properties: { [property]: 1 } })).toThrow(
        `Test/Work: property ${property} of AWS::Lambda::EventSourceMapping is not supported on a laptop.`,
      );
    }
  });
});
