import type { Role } from '#local/cloud/plan/roles.ts';
import { nameOf, type Resource } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';
import { compileFilters, type Filter } from './filter.ts';
import type { MappingDefinition } from './mapping.ts';
import {
  findFunction,
  isOfQueue,
  readBoolean,
  readResponseTypes,
  TYPE,
  unsupported,
} from './readMapping.ts';
import { type Range, readNumber } from './readNumber.ts';

/**
 * Every event source mapping of a stream.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 * @param roles by their ARNs
 * @throws StartError naming the resource and the property that can't be had on a laptop
 */
export function planMappings(
  resources: readonly Resource[],
  roles: ReadonlyMap<string, Role>,
): MappingDefinition[] {
  return resources
    .filter((resource) => resource.type === TYPE && !isOfQueue(resource))
    .map((resource) => planMapping(resource, resources, roles));
}

function planMapping(
  resource: Resource,
  resources: readonly Resource[],
  roles: ReadonlyMap<string, Role>,
): MappingDefinition {
  const { properties } = resource;
  for (const property of Object.keys(properties)) {
    if (!PROPERTIES.has(property)) throw unsupported(resource, property);
  }
  const { attributes, properties: ofFunction } = findFunction(resource, resources);
  const role = roles.get(String(ofFunction.Role));
  if (!role) throw new StartError(`${nameOf(resource)}: the function's role is in no stack.`);
  const number = (property: string, range: Range): number => readNumber(resource, property, range);
  return {
    name: { stack: resource.stack, id: resource.id },
    isEnabled: readBoolean(resource, 'Enabled', true),
    ...findStream(resource, resources),
    functionArn: attributes.Arn ?? '',
    role,
    startingPosition: readStartingPosition(resource),
    batchSize: number('BatchSize', { otherwise: 100, least: 1, most: 10_000 }),
    batchingWindowSeconds: number('MaximumBatchingWindowInSeconds', {
      otherwise: 0,
      least: 0,
      most: 300,
    }),
    filter: readFilter(resource),
    retryAttempts: unlimited(number('MaximumRetryAttempts', { ...UNLIMITED, most: 10_000 })),
    recordAgeSeconds: readRecordAge(resource),
    bisects: readBoolean(resource, 'BisectBatchOnFunctionError', false),
    reportsFailures: readResponseTypes(resource),
    onFailureArn: readDestination(resource),
    parallelizationFactor: number('ParallelizationFactor', { otherwise: 1, least: 1, most: 10 }),
  };
}

const PROPERTIES = new Set([
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'Enabled',
  'EventSourceArn',
  'FilterCriteria',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'StartingPosition',
]);

type Stream = Pick<MappingDefinition, 'streamArn' | 'tableName' | 'partitionKey'>;

const TABLES = new Set(['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table']);

function findStream(resource: Resource, resources: readonly Resource[]): Stream {
  const streamArn = String(resource.properties.EventSourceArn);
  const table = resources.find(
    ({ type, attributes, properties }) =>
      TABLES.has(type) && attributes.StreamArn === streamArn && properties.StreamSpecification,
  );
  if (!table) {
    throw new StartError(`${nameOf(resource)}: ${streamArn} is no stream of a table in a stack.`);
  }
  const keys = table.properties.KeySchema as readonly { AttributeName: string; KeyType: string }[];
  const partitionKey = keys.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  return { streamArn, tableName: table.ref, partitionKey };
}

function readStartingPosition(resource: Resource): MappingDefinition['startingPosition'] {
  const { StartingPosition: position } = resource.properties;
  if (position === 'LATEST' || position === 'TRIM_HORIZON') return position;
  throw unsupported(resource, 'StartingPosition', position ?? null);
}

const UNLIMITED = { otherwise: -1, least: -1 };
const unlimited = (value: number): number => (value === -1 ? Number.POSITIVE_INFINITY : value);

/** From one minute to seven days, as Lambda has it. */
function readRecordAge(resource: Resource): number {
  const property = 'MaximumRecordAgeInSeconds';
  const value = readNumber(resource, property, { ...UNLIMITED, most: 604_800 });
  if (value !== -1 && value < 60) throw unsupported(resource, property, value);
  return unlimited(value);
}

function readFilter(resource: Resource): Filter {
  try {
    return compileFilters(resource.properties.FilterCriteria);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new StartError(`${nameOf(resource)}: ${error.message}`);
  }
}

/** Only queues: there are no topics and buckets here. */
function readDestination(resource: Resource): string | undefined {
  const { DestinationConfig: config } = resource.properties;
  if (config === undefined) return undefined;
  const { OnFailure, ...others } = Object(config);
  const { Destination, ...more } = Object(OnFailure);
  const isQueue = typeof Destination === 'string' && Destination.startsWith('arn:aws:sqs:');
  if (isQueue && Object.keys({ ...others, ...more }).length === 0) return Destination;
  throw unsupported(resource, 'DestinationConfig', config);
}
