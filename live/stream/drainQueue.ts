import type { SignedClient } from '#aws/signedClient.ts';
import { PlainError } from '#domain/errors.ts';
import type { PadTask } from './workOff.ts';

const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'AmazonSQS.SendMessage',
};
const OK = 200;
const TRIES = 2;

/**
 * Puts a task into the queue. Twice is as good as once, so that a failure is tried again.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 *
 * @throws RequestFailed, PlainError when the queue did not take it
 */
export function createDrainQueue(options: {
  /** Of the service `sqs`. */
  readonly client: SignedClient;
  readonly queueUrl: string;
}): (task: PadTask) => Promise<void> {
  const { client, queueUrl: QueueUrl } = options;
  const send = async (task: PadTask): Promise<void> => {
    const body = JSON.stringify({ QueueUrl, MessageBody: JSON.stringify(task) });
    const { status } = await client('/', body, HEADERS);
    if (status !== OK) {
      throw new PlainError(`Expected the queue to take a message, got status ${status}.`);
    }
  };
  return async (task) => {
    for (let count = 1; count < TRIES; count += 1) {
      const isSent = await send(task).then(
        () => true,
        () => false,
      );
      if (isSent) return;
    }
    await send(task);
  };
}
