import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDynamoDbSource } from '#local/appsync/dataSources/dynamoDbSource.ts';
import { createLambdaSource } from '#local/appsync/dataSources/lambdaSource.ts';
import { invokeAsRole } from '#local/appsync/roles/invokeAsRole.ts';
import { sendAsRole } from '#local/appsync/roles/sendAsRole.ts';
import { arn, iamArn, REGION } from '#local/cloud/account.ts';
import { createDynamoDbService } from '#local/cloud/dynamodb/service.ts';
import { createWireClient, type WireClient } from '#local/cloud/dynamodb/wireClient.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const table = useTable(MEMO_TABLE);
const FUNCTION = arn('lambda', 'function:auth');
let engine: WireClient;
beforeAll(() => {
  engine = createWireClient({ endpoint: table.endpoint });
});
afterAll(() => engine.close());

const role = (...statements: Statement[]) => ({
  principal: iamArn('sts', 'assumed-role/memo-table/APPSYNC_ASSUME_ROLE'),
  statements,
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
});

const key = { PK: { S: 'PAD#1' }, SK: { S: 'MEMO#1' } };
const put = { operation: 'PutItem', key, attributeValues: { title: { S: 'a' } } };
const IF_NEW = { expression: 'attribute_not_exists(PK)' };

const tableSource = (...actions: string[]) => {
  const resource = arn('dynamodb', `table/${table.tableName}`);
  const statement: Statement = {
    Effect: 'Allow',
    Action: actions.map((action) => `dynamodb:${action}`),
    Resource: resource,
  };
  const send = sendAsRole(createDynamoDbService({ engine }), role(statement));
  return createDynamoDbSource({ send, tableName: table.tableName, region: REGION });
};

describe('a table’s data source', () => {
  test('does what its role may', async () => {
    const { error } = await tableSource('PutItem').run(put);
    expect(error).toBeUndefined();
  });

  test('is refused what its role may not, and says who that is', async () => {
    const { result, error } = await tableSource('GetItem').run(put);
    expect(result).toBeNull();
    expect(error).toEqual({
      type: 'DynamoDB:AccessDeniedException',
      message: expect.stringContaining(
        'assumed-role/memo-table/APPSYNC_ASSUME_ROLE is not authorized to perform: dynamodb:PutItem',
      ),
    });
  });

  test('must be allowed to read what stands in a condition’s way', async () => {
    const write = { ...put, attributeValues: {}, condition: IF_NEW };
    await tableSource('PutItem').run(put);
    expect((await tableSource('PutItem').run(write)).error?.type).toBe(
      'DynamoDB:AccessDeniedException',
    );
    expect(await tableSource('PutItem', 'GetItem').run(write)).toMatchObject({
      result: { title: 'a' },
      error: { type: 'DynamoDB:ConditionalCheckFailedException' },
    });
  });

  test('hears why a transaction was cancelled', async () => {
    const source = tableSource('PutItem');
    await source.run(put);
    const transactItems = [{ ...put, table: table.tableName, condition: IF_NEW }];
    const { result } = await source.run({ operation: 'TransactWriteItems', transactItems });
    expect(result).toMatchObject({
      keys: null,
      cancellationReasons: [{ type: 'ConditionalCheckFailed', item: { title: 'a' } }],
    });
  });
});

describe('a function’s data source', () => {
  const source = (
    answer: { payload: string; functionError?: string },
    ...statements: Statement[]
  ) => {
    const functions = { invoke: async () => ({ version: '$LATEST', ...answer }) };
    return createLambdaSource({
      invoke: invokeAsRole(functions as never, FUNCTION, role(...statements)),
    });
  };
  const allowed: Statement = {
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: FUNCTION,
  };
  const request = { operation: 'Invoke', payload: 1 };

  test('gets the answer', async () => {
    expect(await source({ payload: '{"a":1}' }, allowed).run(request)).toEqual({
      result: { a: 1 },
    });
  });

  test('gets the function’s failure', async () => {
    const payload = JSON.stringify({ errorType: 'Error', errorMessage: 'It broke' });
    const { error } = await source({ payload, functionError: 'Unhandled' }, allowed).run(request);
    expect(error).toEqual({ message: 'It broke', type: 'Lambda:Unhandled' });
  });

  test('may not invoke what its role may not', async () => {
    const { error } = await source({ payload: '1' }).run(request);
    expect(error).toMatchObject({ type: 'Lambda:AccessDeniedException' });
  });
});
