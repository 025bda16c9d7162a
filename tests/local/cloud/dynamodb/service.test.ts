import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { arn, REGION } from '#local/cloud/account.ts';
import type { Fault } from '#local/cloud/dynamodb/faults.ts';
import { createDynamoDbService } from '#local/cloud/dynamodb/service.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import {
  ALLOW_ALL,
  PRINCIPAL,
  type TestEndpoint,
  useEndpoints,
} from '#tests/support/awsEndpoint.ts';
import { localTable, useEngine } from '#tests/support/localTables.ts';

const MEMOS = arn('dynamodb', 'table/memos');
const USERS = arn('dynamodb', 'table/users');
const BY_PLACE = {
  IndexName: 'byPlace',
  KeySchema: [
    { AttributeName: 'PK', KeyType: 'HASH' as const },
    { AttributeName: 'place', KeyType: 'RANGE' as const },
  ],
  Projection: { ProjectionType: 'ALL' },
};
const SOME = { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] };
const { attributes } = localTable();
const TABLES = [
  localTable({
    attributes: [...attributes, { AttributeName: 'place', AttributeType: 'S' }],
    localIndexes: [BY_PLACE, { ...BY_PLACE, IndexName: 'byPlaceInPart', Projection: SOME }],
    globalIndexes: [
      {
        IndexName: 'byPlaceAlone',
        KeySchema: [{ AttributeName: 'place', KeyType: 'HASH' }],
        Projection: SOME,
      },
    ],
    streamed: true,
  }),
  localTable({ tableName: 'users' }),
];
const engine = useEngine(...TABLES);
const startEndpoint = useEndpoints();

let endpoint: TestEndpoint;
let written: string[];
let fault: Fault | undefined;
const clients: DynamoDBClient[] = [];
beforeEach(async () => {
  written = [];
  fault = undefined;
  endpoint = await startEndpoint(
    createDynamoDbService({
      engine: engine.client,
      tables: TABLES,
      onWrite: (tableName) => written.push(tableName),
      faults: { beforeForward: () => fault },
    }),
  );
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

/** AWS's own client, as a function would have it. */
function clientWith(...statements: Statement[]): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint: endpoint.url,
    region: REGION,
    credentials: endpoint.grant(...statements),
    maxAttempts: 1,
  });
  clients.push(client);
  return client;
}

const allow = (action: string, ...resources: string[]): Statement => ({
  Effect: 'Allow',
  Action: `dynamodb:${action}`,
  Resource: resources,
});
const key = (sortKey: string) => ({ PK: { S: 'pad' }, SK: { S: sortKey } });

test('AWS’s own client writes and reads through it', async () => {
  const client = clientWith(ALLOW_ALL);
  const Item = { ...key('memo'), text: { S: '메모 📝' }, count: { N: '12345678901234567890' } };
  await client.send(new PutItemCommand({ TableName: 'memos', Item }));
  const found = await client.send(new GetItemCommand({ TableName: 'memos', Key: key('memo') }));
  expect(found.Item).toEqual(Item);
  expect(found.$metadata.requestId).toMatch(/./);
});

describe('asks IAM', () => {
  const denied = (action: string, resource: string) => ({
    name: 'AccessDeniedException',
    message: `User: ${PRINCIPAL} is not authorized to perform: dynamodb:${action} on resource: ${resource} because no identity-based policy allows the dynamodb:${action} action`,
  });

  test('for the operation and the table', async () => {
    const client = clientWith(allow('GetItem', MEMOS));
    await client.send(new GetItemCommand({ TableName: 'memos', Key: key('a') }));
    await expect(
      client.send(new GetItemCommand({ TableName: 'users', Key: key('a') })),
    ).rejects.toMatchObject(denied('GetItem', USERS));
    await expect(
      client.send(new PutItemCommand({ TableName: 'memos', Item: key('forbidden') })),
    ).rejects.toMatchObject(denied('PutItem', MEMOS));
    const { Item } = await client.send(
      new GetItemCommand({ TableName: 'memos', Key: key('forbidden') }),
    );
    expect(Item).toBeUndefined();
    expect(written).toEqual([]);
  });

  test('and says so when a statement forbids it', async () => {
    const client = clientWith(ALLOW_ALL, {
      Effect: 'Deny',
      Action: 'dynamodb:Get*',
      Resource: '*',
    });
    await expect(
      client.send(new GetItemCommand({ TableName: 'memos', Key: key('a') })),
    ).rejects.toThrow(
      `User: ${PRINCIPAL} is not authorized to perform: dynamodb:GetItem on resource: ${MEMOS} with an explicit deny in an identity-based policy`,
    );
  });

  test('for the index, where one is read, and not for its table', async () => {
    const query = (IndexName?: string) =>
      new QueryCommand({
        TableName: 'memos',
        ...(IndexName && { IndexName }),
        KeyConditionExpression: 'PK = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'pad' } },
      });
    const ofTable = clientWith(allow('Query', MEMOS));
    await ofTable.send(query());
    await expect(ofTable.send(query('byPlace'))).rejects.toMatchObject(
      denied('Query', `${MEMOS}/index/byPlace`),
    );
    const ofIndex = clientWith(allow('Query', `${MEMOS}/index/byPlace`));
    await ofIndex.send(query('byPlace'));
    await expect(ofIndex.send(query())).rejects.toMatchObject(denied('Query', MEMOS));
    await expect(
      ofTable.send(new ScanCommand({ TableName: 'memos', IndexName: 'byPlace' })),
    ).rejects.toMatchObject(denied('Scan', `${MEMOS}/index/byPlace`));
  });

  test('for every table of a batch', async () => {
    const RequestItems = { memos: { Keys: [key('a')] }, users: { Keys: [key('a')] } };
    const get = new BatchGetItemCommand({ RequestItems });
    await expect(
      clientWith(allow('BatchGetItem', MEMOS), allow('GetItem', '*')).send(get),
    ).rejects.toMatchObject(denied('BatchGetItem', USERS));
    await clientWith(allow('BatchGetItem', MEMOS, USERS)).send(get);
    const write = new BatchWriteItemCommand({
      RequestItems: { users: [{ PutRequest: { Item: key('batch') } }] },
    });
    await expect(
      clientWith(allow('BatchWriteItem', MEMOS), allow('PutItem', '*')).send(write),
    ).rejects.toMatchObject(denied('BatchWriteItem', USERS));
  });

  test('for every item of a transaction, by what it does', async () => {
    const TransactItems = [
      { Put: { TableName: 'memos', Item: key('put') } },
      {
        Update: {
          TableName: 'memos',
          Key: key('update'),
          UpdateExpression: 'SET a = :a',
          ExpressionAttributeValues: { ':a': { S: 'a' } },
        },
      },
      { Delete: { TableName: 'memos', Key: key('delete') } },
      {
        ConditionCheck: {
          TableName: 'users',
          Key: key('check'),
          ConditionExpression: 'attribute_not_exists(PK)',
        },
      },
    ];
    const write = new TransactWriteItemsCommand({ TransactItems });
    const all = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'];
    for (const missing of all) {
      const rest = all.filter((action) => action !== missing);
      const client = clientWith(...rest.map((action) => allow(action, MEMOS, USERS)));
      const resource = missing === 'ConditionCheckItem' ? USERS : MEMOS;
      await expect(client.send(write)).rejects.toMatchObject(denied(missing, resource));
    }
    expect(written).toEqual([]);
    await clientWith(...all.map((action) => allow(action, MEMOS, USERS))).send(write);
    expect(written).toEqual(['memos']);
  });

  test('for a transaction that reads', async () => {
    const get = new TransactGetItemsCommand({
      TransactItems: [{ Get: { TableName: 'users', Key: key('a') } }],
    });
    await expect(clientWith(allow('GetItem', MEMOS)).send(get)).rejects.toMatchObject(
      denied('GetItem', USERS),
    );
    await clientWith(allow('GetItem', USERS)).send(get);
  });
});

describe('tells who writes where', () => {
  test('after the engine has accepted it', async () => {
    const client = clientWith(ALLOW_ALL);
    const RequestItems = {
      users: [{ PutRequest: { Item: key('told') } }],
      memos: [{ DeleteRequest: { Key: key('told') } }],
    };
    await client.send(new BatchWriteItemCommand({ RequestItems }));
    expect(written.sort()).toEqual(['memos', 'users']);
  });

  test('not of reads, not of refused writes', async () => {
    const client = clientWith(ALLOW_ALL);
    await client.send(new GetItemCommand({ TableName: 'memos', Key: key('a') }));
    const put = new PutItemCommand({
      TableName: 'memos',
      Item: key('a'),
      ConditionExpression: 'attribute_exists(PK)',
    });
    await expect(client.send(put)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    expect(written).toEqual([]);
  });
});

describe('absorbs what the engine does in another way', () => {
  test('its region in ARNs, and its label of streams', async () => {
    const client = clientWith(ALLOW_ALL);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'memos' }));
    expect(Table?.TableArn).toBe(MEMOS);
    expect(Table?.LatestStreamArn).toBe(`${MEMOS}/stream/local`);
    expect(Table?.LocalSecondaryIndexes?.[0]?.IndexArn).toBe(`${MEMOS}/index/byPlace`);
    expect(JSON.stringify(await engine.call('DescribeTable', { TableName: 'memos' }))).toContain(
      'arn:aws:dynamodb:dynoxide:',
    );
  });

  test('but leaves alone what callers have written', async () => {
    const client = clientWith(ALLOW_ALL);
    const Item = { ...key('arn'), text: { S: 'arn:aws:dynamodb:dynoxide:000000000000:table/x' } };
    await client.send(new PutItemCommand({ TableName: 'memos', Item }));
    const found = await client.send(new GetItemCommand({ TableName: 'memos', Key: key('arn') }));
    expect(found.Item).toEqual(Item);
  });

  test('an element set behind the end of a list, which it fills with nulls: refused', async () => {
    const client = clientWith(ALLOW_ALL);
    const update = {
      TableName: 'memos',
      Key: key('list'),
      UpdateExpression: 'SET tags[10] = :tag',
      ExpressionAttributeValues: { ':tag': { S: 'x' } },
    };
    const put = { TableName: 'memos', Item: { ...key('list'), tags: { L: [{ S: 'a' }] } } };
    await engine.call('PutItem', put);
    const refused = {
      name: 'ValidationException',
      message: expect.stringContaining('list_append'),
    };
    await expect(client.send(new UpdateItemCommand(update))).rejects.toMatchObject(refused);
    const TransactItems = [{ Update: update }];
    await expect(
      client.send(new TransactWriteItemsCommand({ TransactItems })),
    ).rejects.toMatchObject(refused);
    const { Attributes } = await engine.call('UpdateItem', { ...update, ReturnValues: 'ALL_NEW' });
    expect(Object(Attributes).tags.L).toHaveLength(11);
  });
});

describe('asks an index for nothing it doesn’t hold, where the engine leaves it out', () => {
  const ask = (rest: Partial<QueryCommandInput>) =>
    clientWith(ALLOW_ALL).send(
      new QueryCommand({
        TableName: 'memos',
        KeyConditionExpression: rest.IndexName === 'byPlaceAlone' ? 'place = :key' : 'PK = :key',
        ExpressionAttributeValues: { ':key': { S: 'held' } },
        ...rest,
      }),
    );
  beforeEach(async () => {
    const parts = { title: { M: { ko: { S: '가' } } }, body: { S: 'b' }, place: { S: 'held' } };
    const Item = { PK: { S: 'held' }, SK: { S: 'held' }, ...parts };
    await engine.call('PutItem', { TableName: 'memos', Item });
  });

  test.each(['byPlaceAlone', 'byPlaceInPart'])('%s gives what it holds', async (IndexName) => {
    const names = { '#title': 'title' };
    const projection = 'PK, SK,place, #title.ko';
    const { Items } = await ask({
      IndexName,
      ProjectionExpression: projection,
      ExpressionAttributeNames: names,
    });
    expect(Items).toHaveLength(1);
    expect(Object.keys(Items?.[0] ?? {}).sort()).toEqual(['PK', 'SK', 'place', 'title']);
    expect((await ask({ IndexName })).Items).toHaveLength(1);
  });

  test('a global one in AWS’s words', async () => {
    const IndexName = 'byPlaceAlone';
    const projection = {
      ProjectionExpression: '#b, other.part',
      ExpressionAttributeNames: { '#b': 'body' },
    };
    await expect(ask({ IndexName, ...projection })).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        'One or more parameter values were invalid: Global secondary index byPlaceAlone does not project [body, other]',
    });
  });

  test('a local one saying that AWS would fetch it', async () => {
    const IndexName = 'byPlaceInPart';
    const refused = {
      name: 'ValidationException',
      message: expect.stringContaining('DynamoDB would fetch each item from its table'),
    };
    await expect(ask({ IndexName, ProjectionExpression: 'body' })).rejects.toMatchObject(refused);
    await expect(ask({ IndexName, Select: 'ALL_ATTRIBUTES' })).rejects.toMatchObject(refused);
  });

  test('one that holds all gives all', async () => {
    const { Items } = await ask({ IndexName: 'byPlace', ProjectionExpression: 'body' });
    expect(Items).toEqual([{ body: { S: 'b' } }]);
    const { Items: whole } = await ask({ IndexName: 'byPlace', Select: 'ALL_ATTRIBUTES' });
    expect(Object.keys(whole?.[0] ?? {})).toContain('body');
  });
});

describe('refuses what it couldn’t do as DynamoDB does', () => {
  test('PartiQL', async () => {
    const statement = new ExecuteStatementCommand({ Statement: 'SELECT * FROM memos' });
    await expect(clientWith(ALLOW_ALL).send(statement)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining("doesn't offer ExecuteStatement"),
    });
  });

  const call = (target: string, input: unknown) =>
    endpoint.call({ credentials: endpoint.grant(ALLOW_ALL), service: 'dynamodb', target, input });

  test.each([
    'DynamoDBStreams_20120810.GetRecords',
    'DynamoDB_20111205.GetItem',
    'DynamoDB_20120810.constructor',
    'DynamoDB_20120810.CreateTable',
  ])('%s', async (target) => {
    const { status, body } = await call(target, {});
    expect(status).toBe(400);
    expect(body).toContain('UnknownOperationException');
    expect(body).toContain(target.replace('DynamoDB_20120810.', ''));
  });

  test('an ARN for a table’s name', async () => {
    const get = new GetItemCommand({ TableName: MEMOS, Key: key('a') });
    await expect(clientWith(ALLOW_ALL).send(get)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('no ARNs'),
    });
  });

  test('a body that is no JSON', async () => {
    const { status, body } = await call('DynamoDB_20120810.GetItem', '{"TableName":');
    expect(status).toBe(400);
    expect(body).toContain('SerializationException');
  });

  test.each([{}, { TableName: 7 }, [], null, { TableName: null }])(
    'no table at all, in the engine’s words: %j',
    async (input) => {
      const { status, body } = await call('DynamoDB_20120810.GetItem', input);
      expect(status).toBe(400);
      expect(body).toMatch(/ValidationException|SerializationException/);
    },
  );
});

describe('injects faults', () => {
  const put = new PutItemCommand({ TableName: 'memos', Item: key('fault') });
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [
      { Put: { TableName: 'memos', Item: key('fault') } },
      { Put: { TableName: 'users', Item: key('fault') } },
    ],
  });

  afterEach(async () => {
    const { Item } = await engine.call('GetItem', { TableName: 'memos', Key: key('fault') });
    expect(Item).toBeUndefined();
    expect(written).toEqual([]);
  });

  test('a conflict of a write with a transaction', async () => {
    fault = 'TransactionConflict';
    await expect(clientWith(ALLOW_ALL).send(put)).rejects.toMatchObject({
      name: 'TransactionConflictException',
      message: 'Transaction is ongoing for the item',
    });
  });

  test('a conflict between transactions', async () => {
    fault = 'TransactionConflict';
    await expect(clientWith(ALLOW_ALL).send(transaction)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [TransactionConflict, None]',
      CancellationReasons: [
        { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' },
        { Code: 'None' },
      ],
    });
  });

  test('throttling', async () => {
    fault = 'Throttled';
    await expect(clientWith(ALLOW_ALL).send(put)).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: expect.stringContaining('Throughput exceeds the current capacity'),
    });
    await expect(clientWith(ALLOW_ALL).send(transaction)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ThrottlingError' }, { Code: 'None' }],
    });
  });

  test('none before the caller was found to be allowed', async () => {
    fault = 'Throttled';
    await expect(clientWith().send(put)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('a conflict that can’t be is a mistake of whoever injects it', async () => {
    fault = 'TransactionConflict';
    const get = new GetItemCommand({ TableName: 'memos', Key: key('fault') });
    await expect(clientWith(ALLOW_ALL).send(get)).rejects.toMatchObject({
      name: 'InternalFailure',
    });
    expect(endpoint.logged).toEqual([
      expect.objectContaining({ error: expect.stringContaining('got GetItem') }),
    ]);
  });
});

test('an engine that is gone is an InternalFailure, and it is logged why', async () => {
  const gone = createDynamoDbService({
    engine: { send: () => Promise.reject(new Error('Gone.')) },
  });
  endpoint = await startEndpoint(gone);
  const get = new GetItemCommand({ TableName: 'memos', Key: key('a') });
  await expect(clientWith(ALLOW_ALL).send(get)).rejects.toMatchObject({
    $metadata: { httpStatusCode: 500 },
  });
  expect(endpoint.logged).toEqual([expect.objectContaining({ error: 'Error: Gone.' })]);
});
