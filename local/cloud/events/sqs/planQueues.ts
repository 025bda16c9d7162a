import { nameOf, type Resource } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';
import type { QueueDefinition } from './queue.ts';

const TYPE = 'AWS::SQS::Queue';

/**
 * Every queue, as far as standard queues without redrive and delays go.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
 * @throws StartError naming the resource and the property that can't be had on a laptop
 */
export function planQueues(resources: readonly Resource[]): QueueDefinition[] {
  return resources.filter(({ type }) => type === TYPE).map(planQueue);
}

function planQueue(resource: Resource): QueueDefinition {
  const { properties, attributes } = resource;
  for (const property of Object.keys(properties)) {
    if (!PROPERTIES.has(property)) {
      throw new StartError(
        `${nameOf(resource)}: property ${property} of ${TYPE} is not supported on a laptop.`,
      );
    }
  }
  const arn = attributes.Arn ?? '';
  return {
    name: arn.slice(arn.lastIndexOf(':') + 1),
    arn,
    visibilityTimeoutSeconds: readNumber(resource, 'VisibilityTimeout', 30, [0, 43_200]),
    retentionSeconds: readNumber(resource, 'MessageRetentionPeriod', 345_600, [60, 1_209_600]),
    waitSeconds: readNumber(resource, 'ReceiveMessageWaitTimeSeconds', 0, [0, 20]),
  };
}

const PROPERTIES = new Set([
  'MessageRetentionPeriod',
  'QueueName',
  'ReceiveMessageWaitTimeSeconds',
  // A file that only its owner may read stands for encryption.
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
]);

function readNumber(
  resource: Resource,
  property: string,
  otherwise: number,
  [least, most]: readonly [number, number],
): number {
  const value = Number(resource.properties[property] ?? otherwise);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new StartError(
    `${nameOf(resource)}: expected ${property} to be a whole number from ${least} to ${most}, got ${JSON.stringify(resource.properties[property])}.`,
  );
}
