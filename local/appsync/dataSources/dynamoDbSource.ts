import type { DataSource, DataSourceOutcome } from './dataSource.ts';
import { batchDeleteItem, batchGetItem, batchPutItem } from './dynamoDb/batches.ts';
import { describe, isDynamoDbError, RequestError } from './dynamoDb/errors.ts';
import { deleteItem, getItem, putItem, updateItem } from './dynamoDb/items.ts';
import { query } from './dynamoDb/queries.ts';
import type { Request } from './dynamoDb/request.ts';
import type { Send, Table } from './dynamoDb/send.ts';
import { transactGetItems, transactWriteItems } from './dynamoDb/transactions.ts';

export interface DynamoDbSourceOptions {
  /** Asks as the data source's role; refuses what that may not do. */
  readonly send: Send;
  readonly tableName: string;
  readonly region: string;
}

type Operation = (request: Request, table: Table) => Promise<DataSourceOutcome>;

/** No Scan and no Sync: nothing here may read a whole table. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetItem: getItem,
  PutItem: putItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  Query: query,
  BatchGetItem: batchGetItem,
  BatchPutItem: batchPutItem,
  BatchDeleteItem: batchDeleteItem,
  TransactGetItems: transactGetItems,
  TransactWriteItems: transactWriteItems,
};

/** A data source of type AMAZON_DYNAMODB. */
export function createDynamoDbSource({ send, tableName }: DynamoDbSourceOptions): DataSource {
  return {
    async run(request) {
      try {
        return await operationOf(request)(request as Request, { send, tableName });
      } catch (error) {
        if (error instanceof RequestError)
          return { result: null, error: { message: error.message, type: 'MappingTemplate' } };
        if (isDynamoDbError(error)) return { result: null, error: describe(error) };
        throw error;
      }
    },
  };
}

function operationOf(request: unknown): Operation {
  const { operation } = (request ?? {}) as { readonly operation?: unknown };
  const known = OPERATIONS[String(operation)];
  if (!known) throw new RequestError(`Unsupported operation '${operation}'.`);
  return known;
}
