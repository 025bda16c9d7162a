/** Rows of the memo table in plain values: several of them read at once, all of a kind, or written at once. */
import {
  type Context,
  type DynamoDBBatchGetItemRequest,
  type DynamoDBQueryRequest,
  type DynamoDBTransactWriteItemsRequest,
  util,
} from '@aws-appsync/utils';
import { padKey } from '#table/keys.ts';
import type { ReadRow } from '#table/memo/padRow.ts';
import type { Expression, RowKey, TableWrite } from '#table/memo/tableWrite.ts';
import { refuse, refuseFailure, TOO_MANY_REQUESTS } from './refuse.ts';
import { memoTableOf } from './tables.ts';

/** Reads up to 100 different rows strongly, with one request. */
export function readRows(ctx: Context, keys: readonly RowKey[]): DynamoDBBatchGetItemRequest {
  const typed = keys.map((key) => util.dynamodb.toMapValues({ ...key }));
  return {
    operation: 'BatchGetItem',
    tables: { [memoTableOf(ctx)]: { keys: typed, consistentRead: true } },
  };
}

/** What `readRows` has found. Ends with RATE_LIMITED when DynamoDB could not read all of it. */
export function foundRows(ctx: Context): readonly ReadRow[] {
  refuseFailure(ctx);
  const table = memoTableOf(ctx);
  const { data, unprocessedKeys } = ctx.result;
  if ((unprocessedKeys?.[table] ?? []).length > 0) refuse(TOO_MANY_REQUESTS);
  return data[table].filter((row: ReadRow | null) => row !== null);
}

/** Among rows that were read. */
export function rowOf(rows: readonly ReadRow[], { PK, SK }: RowKey): ReadRow | null {
  return rows.find((row) => row.PK === PK && row.SK === SK) ?? null;
}

/** All rows of a pad whose sort key has this beginning, strongly: of members and of invites there are at most about 50. */
export function queryRows(padId: string, prefix: string): DynamoDBQueryRequest {
  return {
    operation: 'Query',
    query: {
      expression: 'PK = :pad AND begins_with(SK, :prefix)',
      expressionValues: util.dynamodb.toMapValues({ ':pad': padKey(padId), ':prefix': prefix }),
    },
    consistentRead: true,
    limit: QUERY_MAX,
  };
}

const QUERY_MAX = 1000;

/** What `queryRows` has found. */
export function queriedRows(ctx: Context): readonly ReadRow[] {
  refuseFailure(ctx);
  return ctx.result.items;
}

/** Up to 100 writes, all of them or none. */
export function transactRows(
  ctx: Context,
  writes: readonly TableWrite[],
): DynamoDBTransactWriteItemsRequest {
  const table = memoTableOf(ctx);
  const transactItems = writes.map((write) => {
    const key = util.dynamodb.toMapValues({ ...write.key });
    const { condition: given } = write;
    const condition = given && {
      ...typedExpression(given),
      returnValuesOnConditionCheckFailure: false,
    };
    const common = { table, key, ...(condition ? { condition } : {}) };
    switch (write.operation) {
      case 'PutItem': {
        const attributeValues = util.dynamodb.toMapValues({ ...write.attributes });
        return { ...common, operation: write.operation, attributeValues };
      }
      case 'UpdateItem':
        return { ...common, operation: write.operation, update: typedExpression(write.update) };
      default:
        return { ...common, operation: write.operation };
    }
  });
  return { operation: 'TransactWriteItems', transactItems };
}

export function typedExpression(given: Expression): TypedExpression {
  const { expression, names, values } = given;
  return {
    expression,
    ...(names ? { expressionNames: { ...names } } : {}),
    ...(values ? { expressionValues: util.dynamodb.toMapValues({ ...values }) } : {}),
  };
}

interface TypedExpression {
  expression: string;
  expressionNames?: Record<string, string>;
  expressionValues?: Record<string, unknown>;
}

/**
 * Whether a write with conditions wrote; false when what it was made from is no longer so, or another
 * transaction touched the same rows at the same time. What else may go wrong ends the resolver.
 */
export function hasWritten(ctx: Context): boolean {
  if (!ctx.error) return true;
  const reasons: readonly Reason[] = ctx.result?.cancellationReasons ?? [];
  const types = [...reasons.map(({ type }) => type), ctx.error.type.split(':').pop()];
  if (types.some((type) => OVERTAKEN.indexOf(`${type}`) >= 0)) return false;
  if (types.some((type) => THROTTLED.indexOf(`${type}`) >= 0)) refuse(TOO_MANY_REQUESTS);
  refuseFailure(ctx);
  return false;
}

interface Reason {
  readonly type?: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const OVERTAKEN = [
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ConditionalCheckFailedException',
  'TransactionConflictException',
];
const THROTTLED = ['ThrottlingError', 'ProvisionedThroughputExceeded'];
