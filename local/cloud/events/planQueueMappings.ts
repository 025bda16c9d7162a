import type { Role } from '#local/cloud/plan/roles.ts';
import { nameOf, type Resource } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';
import type { QueueMappingDefinition } from './queueMapping.ts';
import {
  findFunction,
  isOfQueue,
  readBoolean,
  readResponseTypes,
  unsupported,
} from './readMapping.ts';
import { readNumber } from './readNumber.ts';

/**
 * Every event source mapping of a queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
 * @param roles by their ARNs
 * @throws StartError naming the resource and the property that can't be had on a laptop
 */
export function planQueueMappings(
  resources: readonly Resource[],
  roles: ReadonlyMap<string, Role>,
): QueueMappingDefinition[] {
  return resources.filter(isOfQueue).map((resource) => planMapping(resource, resources, roles));
}

function planMapping(
  resource: Resource,
  resources: readonly Resource[],
  roles: ReadonlyMap<string, Role>,
): QueueMappingDefinition {
  const { properties } = resource;
  for (const property of Object.keys(properties)) {
    if (!PROPERTIES.has(property)) throw unsupported(resource, property);
  }
  const { attributes, properties: ofFunction } = findFunction(resource, resources);
  const role = roles.get(String(ofFunction.Role));
  if (!role) throw new StartError(`${nameOf(resource)}: the function's role is in no stack.`);
  return {
    name: { stack: resource.stack, id: resource.id },
    isEnabled: readBoolean(resource, 'Enabled', true),
    queueArn: String(properties.EventSourceArn),
    functionArn: attributes.Arn ?? '',
    functionTimeoutSeconds: Number(ofFunction.Timeout ?? 3),
    role,
    // More take a window, in which a receiver asks several times.
    batchSize: readNumber(resource, 'BatchSize', { otherwise: 10, least: 1, most: 10 }),
    reportsFailures: readResponseTypes(resource),
  };
}

const PROPERTIES = new Set([
  'BatchSize',
  'Enabled',
  'EventSourceArn',
  'FunctionName',
  'FunctionResponseTypes',
]);
