import { Stack, type StackProps } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import type { AuthStack } from './authStack.ts';
import { allow, makeFunction } from './function.ts';
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

/** Of the change log, which the live service writes. */
const LOG_ACTIONS = ['GetItem', 'Query'];

/** The memo service: its table, its function, and the table of the change logs, which it reads too. */
export class MemoStack extends Stack {
  readonly memos: TableV2;
  readonly live: TableV2;
  readonly subgraph: LambdaFunction;

  constructor(scope: Construct, id: string, props: MemoStackProps) {
    super(scope, id, props);
    const { stage, auth } = props;
    this.memos = makeTable(this, 'Memos', MEMO_TABLE, stage);
    this.live = makeTable(this, 'Live', LIVE_TABLE, stage);
    this.subgraph = makeFunction(this, 'MemoSubgraph', {
      stage,
      name: 'memo-subgraph',
      bundle: 'memoSubgraph',
      environment: {
        TABLE_NAME: this.memos.tableName,
        LIVE_TABLE_NAME: this.live.tableName,
        ISSUER: auth.issuer,
        JWKS_URL: auth.jwksUrl,
      },
      memory: 512,
      timeoutSeconds: 10,
    });
    allowTable(this.subgraph, this.memos, MEMO_TABLE, TABLE_ACTIONS);
    allow(
      this.subgraph,
      LOG_ACTIONS.map((action) => `dynamodb:${action}`),
      [this.live.tableArn],
    );
  }
}
