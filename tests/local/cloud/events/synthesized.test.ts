import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, type ITable, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import {
  Code,
  FilterCriteria,
  FilterRule,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsV4Signer } from 'aws4fetch';
import { type RunningCloud, startCloud } from '#local/cloud/cloud.ts';
import { createEngineApi } from '#local/cloud/dynamodb/engineApi.ts';
import { createWireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { readAssembly } from '#local/cloud/template/assembly.ts';
import { type Engine, startEngine } from '#local/engine.ts';
import { useFolders } from '#tests/support/folder.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const makeFolder = useFolders();
const running: RunningCloud[] = [];
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((cloud) => cloud.stop()));
});
afterAll(() => engine.stop());

/** Prints what it gets, and, to sign with in this test, its own credentials. */
const CODE = `export const handler = async ({ Records }) => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  console.log('CREDENTIALS ' + JSON.stringify({ accessKeyId, secretAccessKey, sessionToken }));
  for (const { dynamodb } of Records) {
    if (dynamodb.Keys.PK.S === 'poison') throw new Error('Poison.');
    console.log('GOT ' + dynamodb.Keys.PK.S);
  }
};`;

/** As CDK describes it: a table whose stream calls a function, and a queue for what fails. */
function synthesize() {
  // Other tests validate templates; here it would take most of the time.
  process.env.CDK_VALIDATION = 'false';
  const folder = makeFolder();
  const asset = join(folder, 'asset');
  mkdirSync(asset);
  writeFileSync(join(asset, 'index.mjs'), CODE);
  const app = new App({ outdir: join(folder, 'cdk.out'), analyticsReporting: false });
  const stack = new Stack(app, 'Streams');
  const table = new TableV2(stack, 'Table', {
    partitionKey: { name: 'PK', type: AttributeType.STRING },
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const queue = new Queue(stack, 'Failures');
  const reader = new LambdaFunction(stack, 'Reader', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(asset),
  });
  const wanted = { dynamodb: { NewImage: { kind: { S: FilterRule.isEqual('memo') } } } };
  reader.addEventSource(
    // Its own types don't hold with exactOptionalPropertyTypes.
    new DynamoEventSource(table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter(wanted)],
      retryAttempts: 0,
      bisectBatchOnError: true,
      onFailure: new SqsDlq(queue),
    }),
  );
  table.grantWriteData(reader);
  queue.grantConsumeMessages(reader);
  return readAssembly(app.synth().directory);
}

async function start(stacks: ReturnType<typeof synthesize>, eventsFolder: string) {
  const lines: string[] = [];
  const cloud = await startCloud({
    stacks,
    engine: engine.endpoint,
    eventsFolder,
    portOf: () => 0,
    privateKeyOf: () => Promise.reject(new Error('Expected no keys.')),
    log: () => {},
    onLog: (_name, line) => lines.push(line),
  });
  running.push(cloud);
  const printed = (word: string): string[] =>
    lines.flatMap((line) => (line.includes(`${word} `) ? [line.split(`${word} `)[1] ?? ''] : []));
  return { cloud, printed };
}

async function call(endpoint: string, credentials: string, target: string, input: object) {
  const service = target.startsWith('AmazonSQS') ? 'sqs' : 'dynamodb';
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  const body = JSON.stringify(input);
  const { accessKeyId, secretAccessKey, sessionToken } = JSON.parse(credentials);
  const signer = new AwsV4Signer({
    accessKeyId,
    secretAccessKey,
    sessionToken,
    method: 'POST',
    url: `${endpoint}/`,
    headers,
    body,
    service,
    region: 'ap-northeast-2',
  });
  const signed = await signer.sign();
  const answer = await fetch(signed.url, { method: 'POST', headers: signed.headers, body });
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}

test('a synthesized stream delivers what was written before and after the start, and failures go to its queue', async () => {
  const stacks = synthesize();
  const folder = makeFolder();
  const first = await start(stacks, folder);
  const client = createWireClient({ endpoint: engine.endpoint });
  const { TableNames } = await createEngineApi(client)('ListTables', {});
  const [TableName = ''] = TableNames as string[];
  const memo = (PK: string, kind = 'memo') => ({
    TableName,
    Item: { PK: { S: PK }, kind: { S: kind } },
  });
  await createEngineApi(client)('PutItem', memo('before'));
  client.close();
  await first.cloud.stop();

  const { cloud, printed } = await start(stacks, folder);
  await waitFor('the first record', () => printed('GOT').length === 1);
  const [credentials = ''] = printed('CREDENTIALS');
  const put = (item: object) =>
    call(cloud.endpoint, credentials, 'DynamoDB_20120810.PutItem', item);
  await put(memo('unwanted', 'pad'));
  await put(memo('poison'));
  await put(memo('after'));
  await waitFor('the last record', () => printed('GOT').length === 2);
  expect(printed('GOT')).toEqual(['before', 'after']);
  const queueUrl = 'https://sqs.ap-northeast-2.amazonaws.com/000000000000/';
  const [logicalId] = Object.entries(stacks[0]?.template.Resources ?? {})
    .filter(([, { Type }]) => Type === 'AWS::SQS::Queue')
    .map(([id]) => id);
  const [message] = await waitFor('the failure', async () => {
    const answer = await call(cloud.endpoint, credentials, 'AmazonSQS.ReceiveMessage', {
      QueueUrl: `${queueUrl}Streams-${logicalId}`,
    });
    return answer.Messages as readonly { readonly Body: string }[] | undefined;
  });
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
    DDBStreamBatchInfo: { batchSize: 1 },
  });
});
