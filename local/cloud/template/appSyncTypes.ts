import { ignored, type KnownProperties, used, within } from './knowledge.ts';

const APIS = 'plan/appSyncApis.ts';
const NAMES = 'template/references.ts';
const FOR_PEOPLE = 'only people read it';

const CODE: KnownProperties = {
  ApiId: used(APIS),
  CodeS3Location: used(APIS),
  DataSourceName: used(APIS),
  MaxBatchSize: used(APIS),
  Runtime: used(APIS, [{ Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' }]),
};

const OPEN_ID = within({ ClientId: used(APIS), Issuer: used(APIS) });

/** AppSync's resource types that run on a laptop, with each of their properties. */
export const APPSYNC_TYPES: Readonly<Record<string, KnownProperties>> = {
  'AWS::AppSync::ApiKey': {
    ApiId: used(APIS),
    Description: ignored(FOR_PEOPLE),
    Expires: ignored('nobody deploys to a laptop once a year'),
  },
  'AWS::AppSync::DataSource': {
    ApiId: used(APIS),
    DynamoDBConfig: within({ AwsRegion: ignored('there is only one'), TableName: used(APIS) }),
    LambdaConfig: within({ LambdaFunctionArn: used(APIS) }),
    Name: used(NAMES),
    ServiceRoleArn: used(APIS),
    Type: used(APIS, ['AMAZON_DYNAMODB', 'AWS_LAMBDA', 'NONE']),
  },
  'AWS::AppSync::FunctionConfiguration': { ...CODE, Name: used(APIS) },
  'AWS::AppSync::GraphQLApi': {
    AdditionalAuthenticationProviders: within({
      AuthenticationType: used(APIS, ['API_KEY', 'AWS_IAM', 'OPENID_CONNECT']),
      OpenIDConnectConfig: OPEN_ID,
    }),
    AuthenticationType: used(APIS, ['API_KEY', 'AWS_IAM', 'OPENID_CONNECT']),
    EnvironmentVariables: used(APIS),
    IntrospectionConfig: used(APIS, ['ENABLED', 'DISABLED']),
    LogConfig: ignored('logs are files in the data folder'),
    Name: used(APIS),
    OpenIDConnectConfig: OPEN_ID,
    QueryDepthLimit: used(APIS),
    ResolverCountLimit: used(APIS),
    XrayEnabled: ignored('there is no X-Ray here'),
  },
  'AWS::AppSync::GraphQLSchema': { ApiId: used(APIS), Definition: used(APIS) },
  'AWS::AppSync::Resolver': {
    ...CODE,
    FieldName: used(APIS),
    Kind: used(APIS, ['UNIT', 'PIPELINE']),
    PipelineConfig: within({ Functions: used(APIS) }),
    TypeName: used(APIS),
  },
};
