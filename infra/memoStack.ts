import { Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { MEMO_TABLE } from '#table/tables.ts';
import type { AuthStack } from './authStack.ts';
import { allow, makeFunction } from './function.ts';
import type { Stage } from './stages.ts';
import { makeTable, tableResources } from './table.ts';

const TABLE_ACTIONS = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];

/** The memo service: its table and its function. */
export class MemoStack extends Stack {
  readonly subgraph: LambdaFunction;

  constructor(scope: Construct, id: string, { stage, auth }: { stage: Stage; auth: AuthStack }) {
    super(scope, id, { description: 'Memopad: pads and memos' });
    const table = makeTable(this, 'Memos', MEMO_TABLE, stage);
    this.subgraph = makeFunction(this, 'MemoSubgraph', {
      stage,
      bundle: 'memoSubgraph',
      environment: { TABLE_NAME: table.tableName, ISSUER: auth.issuer, JWKS_URL: auth.jwksUrl },
      memory: 512,
      timeoutSeconds: 10,
    });
    allow(this.subgraph, TABLE_ACTIONS, tableResources(table, MEMO_TABLE));
  }
}
