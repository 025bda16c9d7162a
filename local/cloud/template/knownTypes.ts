import { ACCOUNT, PARTITION, REGION } from '#local/cloud/account.ts';
import { APPSYNC_TYPES } from './appSyncTypes.ts';
import { ignored, type KnownProperties, used, within } from './knowledge.ts';

const KEPT = 'a laptop keeps its data until --reset';
const FOR_PEOPLE = 'only people read it';
const LOG_FILES = 'logs are files in the data folder';

const ROLES = 'plan/roles.ts';
const FUNCTIONS = 'plan/functions.ts';
const HTTP_APIS = 'plan/httpApis.ts';
const WEB_SOCKET_APIS = 'plan/webSocketApis.ts';
const PERMISSIONS = 'plan/permissions.ts';
const KEYS = 'openKeys.ts';
const MAPPINGS = 'events/planMappings.ts';
const QUEUES = 'events/sqs/planQueues.ts';
const TABLES = 'dynamodb/localTable.ts';
const NAMES = 'template/references.ts';

/** Of a role that one service takes on, and nobody else. */
const trusting = (service: string) => ({
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: service } }],
  Version: '2012-10-17',
});

/** The default key policy: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
const LEFT_TO_IAM = {
  Statement: [
    {
      Action: 'kms:*',
      Effect: 'Allow',
      Principal: { AWS: `arn:${PARTITION}:iam::${ACCOUNT}:root` },
      Resource: '*',
    },
  ],
  Version: '2012-10-17',
};

const INDEXES = within({
  IndexName: used(TABLES),
  KeySchema: used(TABLES),
  Projection: used(TABLES),
});

/** Every resource type that runs on a laptop, with each of its properties. */
export const KNOWN_TYPES: Readonly<Record<string, KnownProperties>> = {
  ...APPSYNC_TYPES,
  'AWS::ApiGatewayV2::Api': {
    CorsConfiguration: within({
      AllowCredentials: used(HTTP_APIS),
      AllowHeaders: used(HTTP_APIS),
      AllowMethods: used(HTTP_APIS),
      AllowOrigins: used(HTTP_APIS),
      ExposeHeaders: used(HTTP_APIS),
      MaxAge: used(HTTP_APIS),
    }),
    Name: ignored(FOR_PEOPLE),
    ProtocolType: used(HTTP_APIS, ['HTTP', 'WEBSOCKET']),
    RouteSelectionExpression: used(WEB_SOCKET_APIS),
  },
  'AWS::ApiGatewayV2::Integration': {
    ApiId: used(HTTP_APIS),
    IntegrationType: used(HTTP_APIS, ['AWS_PROXY']),
    IntegrationUri: used(HTTP_APIS),
    PayloadFormatVersion: used(HTTP_APIS, ['2.0']),
  },
  'AWS::ApiGatewayV2::Route': {
    ApiId: used(HTTP_APIS),
    AuthorizationType: used(HTTP_APIS, ['NONE']),
    RouteKey: used(HTTP_APIS),
    RouteResponseSelectionExpression: used(WEB_SOCKET_APIS, ['$default']),
    Target: used(HTTP_APIS),
  },
  'AWS::ApiGatewayV2::RouteResponse': {
    ApiId: used(WEB_SOCKET_APIS),
    RouteId: used(WEB_SOCKET_APIS),
    RouteResponseKey: used(WEB_SOCKET_APIS, ['$default']),
  },
  'AWS::ApiGatewayV2::Stage': {
    AccessLogSettings: within({
      DestinationArn: ignored(LOG_FILES),
      Format: used(HTTP_APIS),
    }),
    ApiId: used(HTTP_APIS),
    AutoDeploy: ignored('a laptop always runs the newest', [true]),
    DefaultRouteSettings: within({
      DetailedMetricsEnabled: ignored('a laptop keeps no metrics'),
      ThrottlingBurstLimit: used(HTTP_APIS),
      ThrottlingRateLimit: used(HTTP_APIS),
    }),
    StageName: used(HTTP_APIS),
  },
  'AWS::DynamoDB::GlobalTable': {
    AttributeDefinitions: used(TABLES),
    BillingMode: ignored('nothing is metered', ['PAY_PER_REQUEST']),
    GlobalSecondaryIndexes: INDEXES,
    KeySchema: used(TABLES),
    LocalSecondaryIndexes: INDEXES,
    Replicas: within({
      DeletionProtectionEnabled: ignored(KEPT),
      GlobalSecondaryIndexes: within({ IndexName: ignored('all of them are in the one region') }),
      PointInTimeRecoverySpecification: ignored('a laptop keeps no backups'),
      Region: ignored('there is only one', [REGION]),
    }),
    StreamSpecification: used(TABLES),
    TableName: used(NAMES),
    TimeToLiveSpecification: used(TABLES),
  },
  'AWS::IAM::Policy': {
    PolicyDocument: used(ROLES),
    PolicyName: ignored(FOR_PEOPLE),
    Roles: used(ROLES),
  },
  'AWS::IAM::Role': {
    AssumeRolePolicyDocument: ignored('services assume every role themselves', [
      trusting('lambda.amazonaws.com'),
      // The role that writes its logs.
      trusting('apigateway.amazonaws.com'),
      trusting('appsync.amazonaws.com'),
    ]),
    ManagedPolicyArns: used(ROLES),
    Policies: used(ROLES),
    RoleName: used(NAMES),
  },
  'AWS::KMS::Key': {
    Description: ignored(FOR_PEOPLE),
    KeyPolicy: ignored('it leaves all to IAM', [LEFT_TO_IAM]),
    KeySpec: used(KEYS, ['RSA_2048']),
    KeyUsage: used(KEYS, ['SIGN_VERIFY']),
  },
  'AWS::Lambda::EventSourceMapping': {
    BatchSize: used(MAPPINGS),
    BisectBatchOnFunctionError: used(MAPPINGS),
    DestinationConfig: used(MAPPINGS),
    Enabled: used(MAPPINGS),
    EventSourceArn: used(MAPPINGS),
    FilterCriteria: used(MAPPINGS),
    FunctionName: used(MAPPINGS),
    FunctionResponseTypes: used(MAPPINGS),
    MaximumBatchingWindowInSeconds: used(MAPPINGS),
    MaximumRecordAgeInSeconds: used(MAPPINGS),
    MaximumRetryAttempts: used(MAPPINGS),
    ParallelizationFactor: used(MAPPINGS),
    StartingPosition: used(MAPPINGS),
  },
  'AWS::Lambda::Function': {
    Architectures: ignored("functions run on this machine's processor"),
    Code: within({ S3Bucket: ignored('assets are folders here'), S3Key: used(FUNCTIONS) }),
    Environment: within({ Variables: used(FUNCTIONS) }),
    FunctionName: used(NAMES),
    Handler: used(FUNCTIONS),
    LoggingConfig: ignored(LOG_FILES),
    MemorySize: used(FUNCTIONS),
    ReservedConcurrentExecutions: used(FUNCTIONS),
    Role: used(FUNCTIONS),
    Runtime: ignored("functions run on this machine's Node", ['nodejs24.x']),
    Timeout: used(FUNCTIONS),
    TracingConfig: ignored('there is no X-Ray here'),
  },
  'AWS::Lambda::Permission': {
    Action: used(PERMISSIONS, ['lambda:InvokeFunction']),
    FunctionName: used(PERMISSIONS),
    Principal: used(PERMISSIONS, ['apigateway.amazonaws.com']),
    SourceArn: used(PERMISSIONS),
  },
  'AWS::SQS::Queue': {
    MessageRetentionPeriod: used(QUEUES),
    QueueName: used(NAMES),
    ReceiveMessageWaitTimeSeconds: used(QUEUES),
    SqsManagedSseEnabled: ignored('a file that only its owner may read stands for encryption'),
    VisibilityTimeout: used(QUEUES),
  },
  'AWS::SQS::QueuePolicy': {
    PolicyDocument: used(QUEUES),
    Queues: used(QUEUES),
  },
};

/** Resource types that do nothing on a laptop, and why. */
export const IGNORED_TYPES: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': LOG_FILES,
  'AWS::CDK::Metadata': "counts how CDK's constructs are used",
  'AWS::CloudWatch::Alarm': 'a laptop keeps no metrics',
  'AWS::Logs::LogGroup': LOG_FILES,
};
