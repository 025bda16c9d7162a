import { nameOf, type Resource } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: {
    readonly ProjectionType: string;
    readonly NonKeyAttributes?: readonly string[] | undefined;
  };
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: string;
}

/** A table as the engine is told to make it. */
export interface LocalTable {
  readonly tableName: string;
  readonly keySchema: readonly KeyElement[];
  readonly attributes: readonly AttributeDefinition[];
  readonly localIndexes: readonly Index[];
  readonly globalIndexes: readonly Index[];
  readonly timeToLiveAttribute: string | undefined;
  /** With both images, or not at all. */
  readonly streamed: boolean;
}

/**
 * Reads a table's properties. Which of them there may be, template/known.ts says.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 * @throws StartError naming the resource and the property that can't be had on a laptop
 */
export function readTable(resource: Resource): LocalTable {
  const { properties, ref: tableName } = resource;
  return {
    tableName,
    keySchema: properties.KeySchema as LocalTable['keySchema'],
    attributes: properties.AttributeDefinitions as LocalTable['attributes'],
    localIndexes: readIndexes(resource, 'LocalSecondaryIndexes'),
    globalIndexes: readIndexes(resource, 'GlobalSecondaryIndexes'),
    timeToLiveAttribute: readTimeToLive(resource),
    streamed: readStream(resource),
  };
}

/** Throughput and the like would be passed over in silence. */
function readIndexes(resource: Resource, property: string): readonly Index[] {
  const indexes = (resource.properties[property] ?? []) as readonly Index[];
  for (const index of indexes) {
    const { IndexName: _name, KeySchema: _keys, Projection: _projection, ...rest } = index;
    if (Object.keys(rest).length > 0) refuse(resource, property, index);
  }
  return indexes;
}

function readTimeToLive(resource: Resource): string | undefined {
  const { TimeToLiveSpecification: specification } = resource.properties;
  const { AttributeName, Enabled, ...rest } = Object(specification);
  if (Object.keys(rest).length > 0) refuse(resource, 'TimeToLiveSpecification', specification);
  return Enabled === true ? String(AttributeName) : undefined;
}

/** Only both images together show which writes have changed nothing, and which deletions were expiries. */
function readStream(resource: Resource): boolean {
  const { StreamSpecification: specification } = resource.properties;
  if (specification === undefined) return false;
  const { StreamViewType, ...rest } = Object(specification);
  const isKnown = StreamViewType === 'NEW_AND_OLD_IMAGES' && Object.keys(rest).length === 0;
  return isKnown || refuse(resource, 'StreamSpecification', specification);
}

function refuse(resource: Resource, property: string, value: unknown): never {
  throw new StartError(
    `${nameOf(resource)}: property ${property} of ${resource.type} is not supported on a laptop with ${JSON.stringify(value)}.`,
  );
}
