import { ACCOUNT, arn, iamArn, REGION, URL_SUFFIX } from '#local/cloud/account.ts';
import { APPSYNC_REFERENCES } from './appSyncReferences.ts';
import { digest, shortId } from './resourceIds.ts';
import type { ResourceName } from './template.ts';

/** A resource as far as others can refer to it. */
export interface Referred extends ResourceName {
  /** Its own name for it, or undefined: `FunctionName`. */
  property(name: string): unknown;
  /** What it is called when it has no name of its own: CloudFormation adds a random ending, a laptop doesn't. */
  readonly defaultName: string;
  /** Where an HTTP API is served. */
  readonly url: () => string;
}

/** What `Ref` and `Fn::GetAtt` give for one resource type. */
export interface Reference {
  ref(resource: Referred): string;
  readonly attributes: Readonly<Record<string, (resource: Referred) => string>>;
}

const uuid = (resource: Referred): string =>
  digest(resource).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

const named =
  (property: string) =>
  (resource: Referred): string =>
    String(resource.property(property) ?? resource.defaultName);

const tableName = named('TableName');
const functionName = named('FunctionName');
const roleName = named('RoleName');
const logGroupName = named('LogGroupName');
const queueName = named('QueueName');

const TABLE: Reference = {
  ref: tableName,
  attributes: {
    Arn: (table) => arn('dynamodb', `table/${tableName(table)}`),
    StreamArn: (table) => arn('dynamodb', `table/${tableName(table)}/stream/local`),
  },
};

const BY_ID: Reference = { ref: shortId, attributes: {} };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html, under "Return values" */
export const REFERENCES: Readonly<Record<string, Reference>> = {
  ...APPSYNC_REFERENCES,
  'AWS::ApiGatewayV2::Api': {
    ref: shortId,
    attributes: { ApiId: shortId, ApiEndpoint: ({ url }) => url() },
  },
  'AWS::ApiGatewayV2::Integration': BY_ID,
  'AWS::ApiGatewayV2::Route': BY_ID,
  'AWS::ApiGatewayV2::RouteResponse': BY_ID,
  'AWS::ApiGatewayV2::Stage': { ref: named('StageName'), attributes: {} },
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::DynamoDB::Table': TABLE,
  'AWS::IAM::Policy': BY_ID,
  'AWS::IAM::Role': {
    ref: roleName,
    attributes: { Arn: (role) => iamArn('iam', `role/${roleName(role)}`) },
  },
  'AWS::KMS::Key': {
    ref: uuid,
    attributes: { KeyId: uuid, Arn: (key) => arn('kms', `key/${uuid(key)}`) },
  },
  'AWS::Lambda::EventSourceMapping': { ref: uuid, attributes: {} },
  'AWS::Lambda::Function': {
    ref: functionName,
    attributes: { Arn: (one) => arn('lambda', `function:${functionName(one)}`) },
  },
  'AWS::Lambda::Permission': BY_ID,
  'AWS::Logs::LogGroup': {
    ref: logGroupName,
    attributes: { Arn: (group) => arn('logs', `log-group:${logGroupName(group)}:*`) },
  },
  'AWS::SQS::Queue': {
    ref: (queue) => `https://sqs.${REGION}.${URL_SUFFIX}/${ACCOUNT}/${queueName(queue)}`,
    attributes: { Arn: (queue) => arn('sqs', queueName(queue)), QueueName: queueName },
  },
};
