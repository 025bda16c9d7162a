import { isDeepStrictEqual } from 'node:util';
import { readNumber } from '#local/cloud/events/readNumber.ts';
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
  for (const resource of resources) {
    if (resource.type === 'AWS::SQS::QueuePolicy') checkOnlyAsksForTls(resource);
  }
  return resources.filter(({ type }) => type === TYPE).map(planQueue);
}

/** Everything else of a policy would let somebody in, or keep somebody out, and nothing here reads it. */
function checkOnlyAsksForTls(resource: Resource): void {
  const { PolicyDocument } = resource.properties;
  const statements = [Object(PolicyDocument).Statement].flat();
  const isKnown = statements.every(
    ({ Effect, Condition }) => Effect === 'Deny' && isDeepStrictEqual(Condition, WITHOUT_TLS),
  );
  if (isKnown) return;
  throw new StartError(
    `${nameOf(resource)}: a policy of a queue can only refuse what comes without TLS on a laptop.`,
  );
}

const WITHOUT_TLS = { Bool: { 'aws:SecureTransport': 'false' } };

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
    visibilityTimeoutSeconds: readNumber(resource, 'VisibilityTimeout', {
      otherwise: 30,
      least: 0,
      most: 43_200,
    }),
    retentionSeconds: readNumber(resource, 'MessageRetentionPeriod', {
      otherwise: 345_600,
      least: 60,
      most: 1_209_600,
    }),
    waitSeconds: readNumber(resource, 'ReceiveMessageWaitTimeSeconds', {
      otherwise: 0,
      least: 0,
      most: 20,
    }),
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
