import { nameOf, type Resource } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';

// What mappings of streams and of queues have in common.

export const TYPE = 'AWS::Lambda::EventSourceMapping';

/** Whether a mapping is one of a queue. */
export const isOfQueue = ({ type, properties }: Resource): boolean =>
  type === TYPE && String(properties.EventSourceArn).startsWith('arn:aws:sqs:');

/** A function is named by its name or its ARN. */
export function findFunction(resource: Resource, resources: readonly Resource[]): Resource {
  const { FunctionName } = resource.properties;
  const found = resources.find(
    ({ type, ref, attributes }) =>
      type === 'AWS::Lambda::Function' && [ref, attributes.Arn].includes(String(FunctionName)),
  );
  if (found) return found;
  throw new StartError(`${nameOf(resource)}: the function ${FunctionName} is in no stack.`);
}

export function readBoolean(resource: Resource, property: string, otherwise: boolean): boolean {
  const value = resource.properties[property] ?? otherwise;
  if (typeof value === 'boolean') return value;
  throw unsupported(resource, property, value);
}

export function readResponseTypes(resource: Resource): boolean {
  const types = [resource.properties.FunctionResponseTypes ?? []].flat();
  const other = types.find((type) => type !== 'ReportBatchItemFailures');
  if (other !== undefined) throw unsupported(resource, 'FunctionResponseTypes', types);
  return types.length > 0;
}

export function unsupported(resource: Resource, property: string, value?: unknown): StartError {
  const how = value === undefined ? '' : ` with ${JSON.stringify(value)}`;
  return new StartError(
    `${nameOf(resource)}: property ${property} of ${TYPE} is not supported on a laptop${how}.`,
  );
}
