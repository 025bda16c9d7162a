import { randomUUID } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { arn } from '#local/cloud/account.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import type { AwsAnswer, AwsService } from '#local/cloud/endpoint.ts';
import { authorize } from '#local/cloud/iam/authorize.ts';
import { type Input, OPERATIONS } from './operations.ts';
import type { Queues } from './queues.ts';

const TARGET = 'AmazonSQS.';

/** SQS, as far as a queue of failures needs it. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/ */
export function createSqsService(
  queues: Pick<Queues, 'find'>,
  { clock = Date.now }: { readonly clock?: Clock | undefined } = {},
): AwsService {
  return {
    signingName: 'sqs',
    accepts: ({ headers }) => headers['x-amz-target']?.startsWith(TARGET) ?? false,
    async handle({ headers, body }, caller) {
      const name = headers['x-amz-target']?.slice(TARGET.length) ?? '';
      const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
      if (!operation) throw unsupported(name);
      const input = parse(body);
      const other = Object.keys(input).find(
        (member) => member !== 'QueueUrl' && !operation.members.includes(member),
      );
      if (other) throw unsupported(`${name} with ${other}`);
      const queueArn = readQueueArn(input);
      authorize(caller, `sqs:${name}`, queueArn);
      const queue = queues.find(queueArn);
      if (!queue) throw new AwsError('com.amazonaws.sqs#QueueDoesNotExist', NO_QUEUE);
      return toAnswer(await operation.run({ input, queue, clock }));
    },
  };
}

const NO_QUEUE = 'The specified queue does not exist.';

const unsupported = (what: string): AwsError =>
  new AwsError('com.amazonaws.sqs#UnsupportedOperation', `SQS on a laptop doesn't offer ${what}.`);

function parse(body: Buffer): Input {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    throw new AwsError('SerializationException', 'Expected the body to be JSON.');
  }
}

/** `https://sqs.ap-northeast-2.amazonaws.com/000000000000/<name>`; only the path counts. */
function readQueueArn({ QueueUrl }: Input): string {
  const match = typeof QueueUrl === 'string' && /\/\d{12}\/([\w-]{1,80})$/.exec(QueueUrl);
  if (match) return arn('sqs', match[1] ?? '');
  throw new AwsError(
    'com.amazonaws.sqs#InvalidAddress',
    `The address ${QueueUrl} is not valid for this endpoint.`,
  );
}

function toAnswer(output: object): AwsAnswer {
  return {
    status: 200,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': randomUUID(),
    },
    body: JSON.stringify(output),
  };
}
