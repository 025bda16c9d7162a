import type { Statement } from '#local/cloud/iam/policy.ts';
import type { Role } from '#local/cloud/plan/roles.ts';
import type { Resource } from '#local/cloud/template/template.ts';

/** Also read by a process without jest. */
export const FUNCTION_ARN = 'arn:aws:lambda:ap-northeast-2:000000000000:function:greeter';
export const ROLE_ARN = 'arn:aws:iam::000000000000:role/greeter';
export const QUEUE_ARN = 'arn:aws:sqs:ap-northeast-2:000000000000:Failures';
export const QUEUE_URL = 'https://sqs.ap-northeast-2.amazonaws.com/000000000000/Failures';

export const streamArnOf = (tableName: string): string =>
  `arn:aws:dynamodb:ap-northeast-2:000000000000:table/${tableName}/stream/local`;

const resource = (
  type: string,
  id: string,
  properties: Readonly<Record<string, unknown>>,
  { ref = id, ...attributes }: Readonly<Record<string, string>> = {},
): Resource => ({ stack: 'Test', id, type, properties, ref, attributes });

export const queueResource = (properties: Readonly<Record<string, unknown>> = {}): Resource =>
  resource('AWS::SQS::Queue', 'Failures', properties, { ref: QUEUE_URL, Arn: QUEUE_ARN });

/** A table with a stream, a function, a queue and a mapping, as resolved templates have them. */
export function makeResources(
  tableName: string,
  properties: Readonly<Record<string, unknown>> = {},
): Resource[] {
  const keySchema = [
    { AttributeName: 'SK', KeyType: 'RANGE' },
    { AttributeName: 'PK', KeyType: 'HASH' },
  ];
  const stream = { StreamViewType: 'NEW_AND_OLD_IMAGES' };
  return [
    resource(
      'AWS::DynamoDB::GlobalTable',
      'Table',
      { KeySchema: keySchema, StreamSpecification: stream },
      { ref: tableName, StreamArn: streamArnOf(tableName) },
    ),
    resource(
      'AWS::Lambda::Function',
      'Greeter',
      { Role: ROLE_ARN },
      { ref: 'greeter', Arn: FUNCTION_ARN },
    ),
    queueResource(),
    resource('AWS::Lambda::EventSourceMapping', 'Mapping', {
      EventSourceArn: streamArnOf(tableName),
      FunctionName: 'greeter',
      StartingPosition: 'TRIM_HORIZON',
      ...properties,
    }),
  ];
}

export const READ_STREAMS: Statement = {
  Effect: 'Allow',
  Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
  Resource: 'arn:aws:dynamodb:ap-northeast-2:000000000000:table/*/stream/local',
};
export const LIST_STREAMS: Statement = {
  Effect: 'Allow',
  Action: 'dynamodb:ListStreams',
  Resource: '*',
};
export const SEND: Statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE_ARN };

export const roles = (...statements: readonly Statement[]): ReadonlyMap<string, Role> =>
  new Map([[ROLE_ARN, { name: 'greeter', statements }]]);
