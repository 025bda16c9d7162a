import type { Stack } from 'aws-cdk-lib';
import { CfnDataSource, type CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import type { AuthStack } from './authStack.ts';
import { allow } from './function.ts';
import type { MemoStack } from './memoStack.ts';
import type { SourceOfData } from './resolvers.ts';
import { allowTable } from './table.ts';

interface Services {
  readonly auth: AuthStack;
  readonly memo: MemoStack;
}

/** What resolvers ask of each table; a test counts it. */
const ACTIONS = {
  memo: [
    'GetItem',
    'BatchGetItem',
    'Query',
    'PutItem',
    'UpdateItem',
    'DeleteItem',
    'ConditionCheckItem',
  ],
  live: ['GetItem', 'Query'],
} as const;

/** The data sources by name, each with a role of its own that may do what its resolvers do. */
export function makeDataSources(
  scope: Stack,
  { attrApiId: apiId }: CfnGraphQLApi,
  sources: Readonly<Record<string, SourceOfData>>,
  services: Services,
): ReadonlyMap<string, CfnDataSource> {
  const made = Object.entries(sources).map(([name, source]) => {
    const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return [name, makeDataSource(scope, id, { apiId, name }, source, services)] as const;
  });
  return new Map(made);
}

function makeDataSource(
  scope: Stack,
  id: string,
  common: { readonly apiId: string; readonly name: string },
  source: SourceOfData,
  { auth, memo }: Services,
): CfnDataSource {
  if (source.kind === 'NONE') return new CfnDataSource(scope, id, { ...common, type: 'NONE' });
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('appsync.amazonaws.com'),
  });
  const serviceRoleArn = role.roleArn;
  if (source.kind === 'FUNCTION') {
    const lambdaFunctionArn = auth.subgraph.functionArn;
    allow(role, ['lambda:InvokeFunction'], [lambdaFunctionArn]);
    const lambdaConfig = { lambdaFunctionArn };
    return new CfnDataSource(scope, id, {
      ...common,
      type: 'AWS_LAMBDA',
      serviceRoleArn,
      lambdaConfig,
    });
  }
  const [table, definition] =
    source.table === 'memo' ? [memo.memos, MEMO_TABLE] : [memo.live, LIVE_TABLE];
  allowTable(role, table, definition, ACTIONS[source.table]);
  const dynamoDbConfig = { tableName: table.tableName, awsRegion: scope.region };
  return new CfnDataSource(scope, id, {
    ...common,
    type: 'AMAZON_DYNAMODB',
    serviceRoleArn,
    dynamoDbConfig,
  });
}
