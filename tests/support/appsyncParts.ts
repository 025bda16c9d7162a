import { readFileSync } from 'node:fs';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import type { DataSource } from '#local/appsync/dataSources/dataSource.ts';
import type { Send } from '#local/appsync/dataSources/dynamoDb/send.ts';
import { createDynamoDbSource } from '#local/appsync/dataSources/dynamoDbSource.ts';
import { createLambdaSource } from '#local/appsync/dataSources/lambdaSource.ts';
import { createNoneSource } from '#local/appsync/dataSources/noneSource.ts';
import type { AppSyncApi } from '#local/appsync/definition.ts';
import { sendAsRole } from '#local/appsync/roles/sendAsRole.ts';
import { arn, iamArn, REGION } from '#local/cloud/account.ts';
import { createDynamoDbService } from '#local/cloud/dynamodb/service.ts';
import type { WireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { readResolvers } from '#scripts/resolvers/readResolvers.js';
import { type AuthEvent, createAuthFunction } from '#subgraphs/auth/answerUsers.ts';
import { ALLOW_ALL } from './awsEndpoint.ts';

export const API_KEY = 'da2-test';
export const ROLE = iamArn('iam', 'role/test');
const FOREVER = 4_102_444_800;
const SCHEMA = new URL('../../schema/generated/appsync.graphql', import.meta.url);

/** The API with all resolvers of the folder. @param issuer whose tokens it takes */
export async function defineTestApi(issuer: string, tables: TableNames): Promise<AppSyncApi> {
  const { resolvers, functions } = await readResolvers();
  return {
    apiId: 'test',
    arn: arn('appsync', 'apis/test'),
    name: 'memopad-test',
    schema: readFileSync(SCHEMA, 'utf8'),
    authModes: [{ type: 'OPENID_CONNECT', issuer }, { type: 'API_KEY' }, { type: 'AWS_IAM' }],
    apiKeys: [{ key: API_KEY, expiresAt: FOREVER }],
    dataSources: {
      memoTable: { type: 'AMAZON_DYNAMODB', tableName: tables.memo, roleArn: ROLE },
      liveTable: { type: 'AMAZON_DYNAMODB', tableName: tables.live, roleArn: ROLE },
      auth: { type: 'AWS_LAMBDA', functionArn: arn('lambda', 'function:auth'), roleArn: ROLE },
      users: { type: 'AWS_LAMBDA', functionArn: arn('lambda', 'function:auth'), roleArn: ROLE },
      none: { type: 'NONE' },
    },
    resolvers,
    functions,
    environment: ENVIRONMENT(tables),
    queryDepthLimit: null,
    resolverCountLimit: null,
    introspection: true,
  };
}

export interface TableNames {
  readonly memo: string;
  readonly live: string;
}

/** What resolvers find in `ctx.env`: see infra/appSyncStack.ts. */
const ENVIRONMENT = ({ memo, live }: TableNames): Record<string, string> => ({
  MEMO_TABLE: memo,
  LIVE_TABLE: live,
  INVITE_URL: 'https://memopad.example/join#',
});

/** Asks the engine as a role that may do anything. */
export function sendAsAnybody(engine: WireClient): Send {
  return sendAsRole(createDynamoDbService({ engine }), ANYBODY);
}

/** Whose policies are none of these tests' matters. */
const ANYBODY = {
  principal: ROLE,
  statements: [ALLOW_ALL],
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
};

/** Data sources that ask an engine, and an auth service in this process. */
export function makeTestSources(
  tables: TableNames,
  send: Send,
  auth: Subgraph,
): Record<string, DataSource> {
  const table = (tableName: string) => createDynamoDbSource({ send, tableName, region: REGION });
  const answer = createAuthFunction(auth);
  const invoke = (payload: unknown) => answer(payload as AuthEvent);
  return {
    memoTable: table(tables.memo),
    liveTable: table(tables.live),
    auth: createLambdaSource({ invoke }),
    users: createLambdaSource({ invoke }),
    none: createNoneSource(),
  };
}
