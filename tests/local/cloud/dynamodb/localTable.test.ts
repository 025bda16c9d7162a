import { describe, expect, test } from '@jest/globals';
import { readTable } from '#local/cloud/dynamodb/localTable.ts';
import { StartError } from '#local/startError.ts';

const RESOURCE = {
  stack: 'Memo',
  id: 'Memos',
  type: 'AWS::DynamoDB::GlobalTable',
  ref: 'Memo-Memos',
  attributes: {},
};
const PROPERTIES = {
  KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
};
const INDEX = {
  IndexName: 'byPlace',
  KeySchema: [{ AttributeName: 'place', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
};
const read = (properties: object) =>
  readTable({ ...RESOURCE, properties: { ...PROPERTIES, ...properties } });

test('what a template says of a table', () => {
  const table = read({
    LocalSecondaryIndexes: [INDEX],
    GlobalSecondaryIndexes: [INDEX, { ...INDEX, IndexName: 'other' }],
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    Replicas: [{ Region: 'ap-northeast-2' }],
  });
  expect(table).toEqual({
    tableName: 'Memo-Memos',
    keySchema: PROPERTIES.KeySchema,
    attributes: PROPERTIES.AttributeDefinitions,
    localIndexes: [INDEX],
    globalIndexes: [INDEX, { ...INDEX, IndexName: 'other' }],
    timeToLiveAttribute: 'ttl',
    streamed: true,
  });
});

test('a table with its keys alone', () => {
  expect(read({})).toMatchObject({
    localIndexes: [],
    globalIndexes: [],
    timeToLiveAttribute: undefined,
    streamed: false,
  });
  const off = { TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: false } };
  expect(read(off).timeToLiveAttribute).toBeUndefined();
});

describe('what would be passed over in silence is refused', () => {
  test.each<[string, object]>([
    ['StreamSpecification', { StreamViewType: 'NEW_IMAGE' }],
    ['StreamSpecification', { StreamViewType: 'NEW_AND_OLD_IMAGES', ResourcePolicy: {} }],
    ['TimeToLiveSpecification', { AttributeName: 'ttl', Enabled: true, Grace: 1 }],
    ['LocalSecondaryIndexes', [{ ...INDEX, Warm: true }]],
    ['GlobalSecondaryIndexes', [INDEX, { ...INDEX, WriteProvisionedThroughputSettings: {} }]],
  ])('%s: %j', (property, value) => {
    const reading = () => read({ [property]: value });
    expect(reading).toThrow(StartError);
    expect(reading).toThrow(
      `Memo/Memos: property ${property} of AWS::DynamoDB::GlobalTable is not supported on a laptop with`,
    );
  });
});
