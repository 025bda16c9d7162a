import { readFileSync } from 'node:fs';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnApiKey, CfnGraphQLApi, CfnGraphQLSchema } from 'aws-cdk-lib/aws-appsync';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';
import type { AuthStack } from './authStack.ts';
import { makeDataSources } from './dataSources.ts';
import { makeFieldResolvers } from './fieldResolvers.ts';
import { allow } from './function.ts';
import { makeLogs } from './logs.ts';
import type { MemoStack } from './memoStack.ts';
import { nameOf } from './names.ts';
import { APPSYNC_SCHEMA, readWiring } from './resolvers.ts';
import type { Stage } from './stages.ts';

export interface AppSyncStackProps extends StackProps {
  readonly stage: Stage;
  readonly auth: AuthStack;
  readonly memo: MemoStack;
  /** When it is made: AppSync lets a key live for a year. */
  readonly now: Date;
}

/** What resolvers are told, as `ctx.env`: batches and transactions name their tables. */
type ResolverEnvironment = Readonly<Record<'MEMO_TABLE' | 'LIVE_TABLE', string>>;

/** The `aud` of access tokens: domain/viewer/accessToken.ts. */
const AUDIENCE = 'memopad';
/** Nested selections, as at the gateway. */
const DEPTH_MAX = 10;
/** As many resolvers as objects at the gateway: a page of every pad, with authors, fits. */
const RESOLVERS_MAX = 5_000;

/** The AppSync door: the same schema by resolvers that read and write the tables themselves. */
export class AppSyncStack extends Stack {
  /** `https://<id>.appsync-api.<region>.amazonaws.com/graphql` */
  readonly url: string;
  readonly #api: CfnGraphQLApi;

  constructor(scope: Construct, id: string, props: AppSyncStackProps) {
    super(scope, id, props);
    const { stage, auth, memo, now } = props;
    const environment = { MEMO_TABLE: memo.memos.tableName, LIVE_TABLE: memo.live.tableName };
    const wiring = readWiring();
    const api = makeApi(this, stage, auth.issuer, environment);
    const schema = new CfnGraphQLSchema(this, 'Schema', {
      apiId: api.attrApiId,
      definition: readFileSync(APPSYNC_SCHEMA, 'utf8'),
    });
    const expires = keyEnd(now);
    const key = new CfnApiKey(this, 'ApiKey', {
      apiId: api.attrApiId,
      description: 'Lets clients sign up, sign in and refresh their session, and nothing else',
      expires,
    });
    // While a schema is being changed AppSync refuses to make anything else of the API.
    key.addResourceDependency(schema);
    const sources = makeDataSources(this, api, wiring.dataSources, { auth, memo });
    makeFieldResolvers(this, { api, schema, sources, wiring });
    this.#api = api;
    this.url = api.attrGraphQlUrl;
    new CfnOutput(this, 'AppSyncUrl', { value: this.url });
    new CfnOutput(this, 'AppSyncRealtimeUrl', { value: api.attrRealtimeUrl });
    // No secret: it stands in every client, and opens what is open to everybody.
    new CfnOutput(this, 'AppSyncApiKey', { value: key.attrApiKey });
    // AppSync has no metric of it, nothing could ring: it is told where whoever deploys looks.
    new CfnOutput(this, 'AppSyncApiKeyEnds', { value: new Date(expires * 1000).toISOString() });
  }

  /** Lets a function call these mutations, which are for AWS identities. */
  allowMutations(to: LambdaFunction, names: readonly string[]): void {
    const arns = names.map((name) => `${this.#api.attrArn}/types/Mutation/fields/${name}`);
    allow(to, ['appsync:GraphQL'], arns);
  }
}

function makeApi(
  scope: Stack,
  stage: Stage,
  issuer: string,
  environmentVariables: ResolverEnvironment,
): CfnGraphQLApi {
  const logWriter = new Role(scope, 'LogWriter', {
    assumedBy: new ServicePrincipal('appsync.amazonaws.com'),
  });
  const api = new CfnGraphQLApi(scope, 'Api', {
    name: nameOf(stage, 'appsync'),
    authenticationType: 'OPENID_CONNECT',
    openIdConnectConfig: { issuer, clientId: AUDIENCE },
    additionalAuthenticationProviders: [
      { authenticationType: 'API_KEY' },
      { authenticationType: 'AWS_IAM' },
    ],
    environmentVariables,
    introspectionConfig: stage.introspection ? 'ENABLED' : 'DISABLED',
    queryDepthLimit: DEPTH_MAX,
    resolverCountLimit: RESOLVERS_MAX,
    // Without what was sent and answered: no token and no memo shall show up in a log.
    logConfig: {
      cloudWatchLogsRoleArn: logWriter.roleArn,
      fieldLogLevel: 'ERROR',
      excludeVerboseContent: true,
    },
    xrayEnabled: true,
  });
  accept(
    api,
    'AwsSolutions::AwsSolutions-ASC3',
    'Errors are logged, but not what was sent and answered: that holds tokens and memos.',
  );
  // AppSync writes into the log of this name; made here, it has an end.
  const logs = makeLogs(scope, 'ApiLogs', `/aws/appsync/apis/${api.attrApiId}`, stage);
  logWriter.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logs.logGroupArn],
    }),
  );
  return api;
}

const MONTHS_AT_MOST = 11;

/**
 * When a key made now ends, in seconds since 1970: with a month, so that a template changes once a month
 * at most. A key lives for a year at the longest, whoever deploys moves its end:
 * https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#api-key-authorization
 */
function keyEnd(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + MONTHS_AT_MOST, 1) / 1000;
}
