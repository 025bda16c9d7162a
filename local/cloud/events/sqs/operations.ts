import { createHash } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import type { Queue, ReceivedMessage } from './queue.ts';

export type Input = Readonly<Record<string, unknown>>;

export interface Call {
  readonly input: Input;
  readonly queue: Queue;
  readonly clock: Clock;
}

export interface Operation {
  /** Besides QueueUrl. */
  readonly members: readonly string[];
  run(call: Call): Promise<object>;
}

/** Of one queue each. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  SendMessage: { members: ['MessageBody'], run: sendMessage },
  ReceiveMessage: {
    members: [
      'AttributeNames',
      'MaxNumberOfMessages',
      'MessageAttributeNames',
      'MessageSystemAttributeNames',
      'VisibilityTimeout',
      'WaitTimeSeconds',
    ],
    run: receiveMessage,
  },
  DeleteMessage: { members: ['ReceiptHandle'], run: deleteMessage },
};

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_BODY_BYTES = 1024 * 1024;

async function sendMessage({ input: { MessageBody: body }, queue }: Call): Promise<object> {
  if (typeof body !== 'string' || body === '') {
    throw new AwsError(
      'com.amazonaws.sqs#MissingParameter',
      'The request must contain the parameter MessageBody.',
    );
  }
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) {
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_BODY_BYTES} bytes.`,
    );
  }
  return { MD5OfMessageBody: md5(body), MessageId: queue.send(body) };
}

const invalid = (message: string): AwsError =>
  new AwsError('com.amazonaws.sqs#InvalidParameterValue', message);

async function receiveMessage({ input, queue, clock }: Call): Promise<object> {
  const { visibilityTimeoutSeconds, waitSeconds } = queue.definition;
  const limit = readNumber(input, 'MaxNumberOfMessages', 1, [1, 10]);
  const timeout = readNumber(input, 'VisibilityTimeout', visibilityTimeoutSeconds, [0, 43_200]);
  const untilMs = clock() + 1000 * readNumber(input, 'WaitTimeSeconds', waitSeconds, [0, 20]);
  let messages = queue.receive(limit, timeout);
  while (messages.length === 0 && clock() < untilMs) {
    await queue.wait(untilMs);
    messages = queue.receive(limit, timeout);
  }
  const names = [input.AttributeNames ?? [], input.MessageSystemAttributeNames ?? []].flat(2);
  if (messages.length === 0) return {};
  return { Messages: messages.map((message) => toWire(message, names)) };
}

function readNumber(
  input: Input,
  name: string,
  otherwise: number,
  [least, most]: readonly [number, number],
): number {
  const value = input[name] ?? otherwise;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw invalid(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

function toWire(message: ReceivedMessage, names: readonly unknown[]): object {
  const { id, receiptHandle, body, sentAtMs, firstReceivedAtMs, receiveCount } = message;
  const all = {
    ApproximateFirstReceiveTimestamp: String(firstReceivedAtMs),
    ApproximateReceiveCount: String(receiveCount),
    SentTimestamp: String(sentAtMs),
  };
  const wanted = Object.entries(all).filter(
    ([name]) => names.includes('All') || names.includes(name),
  );
  return {
    MessageId: id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: md5(body),
    Body: body,
    ...(wanted.length > 0 && { Attributes: Object.fromEntries(wanted) }),
  };
}

async function deleteMessage({ input: { ReceiptHandle }, queue }: Call): Promise<object> {
  if (typeof ReceiptHandle === 'string' && queue.delete(ReceiptHandle)) return {};
  throw new AwsError(
    'com.amazonaws.sqs#ReceiptHandleIsInvalid',
    `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
  );
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
