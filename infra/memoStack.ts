import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { MEMO_TABLE } from '#table/tables.ts';
import type { AuthStack } from './authStack.ts';
import { makeFunction } from './function.ts';
import type { Stage } from './stages.ts';
import { allowTable, makeTable } from './table.ts';

export interface MemoStackProps extends StackProps {
  readonly stage: Stage;
  readonly auth: AuthStack;
}

const TABLE_ACTIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'ConditionCheckItem',
];

/** The memo service: its table and its function. */
export class MemoStack extends Stack {
  readonly subgraph: LambdaFunction;

  constructor(scope: Construct, id: string, props: MemoStackProps) {
    super(scope, id, props);
    const { stage, auth } = props;
    const table = makeTable(this, 'Memos', MEMO_TABLE, stage);
    this.subgraph = makeFunction(this, 'MemoSubgraph', {
      stage,
      name: 'memo-subgraph',
      bundle: 'memoSubgraph',
      environment: { TABLE_NAME: table.tableName, ISSUER: auth.issuer, JWKS_URL: auth.jwksUrl },
      memory: 512,
      timeoutSeconds: 10,
    });
    allowTable(this.subgraph, table, MEMO_TABLE, TABLE_ACTIONS);
  }
}
