import type { Units } from '#tests/support/meterClient.ts';
import { installPeer } from './installPeer.ts';
import type { AwsSdk, DynamoDbV2, PeerPackage, PeerServer } from './packages.ts';

/** What becomes of what is posted to a connection. */
export interface PeerConnections {
  /** @throws when the post fails */
  post(connectionId: string, text: string): void;
  close(connectionId: string): void;
}

export interface Peer {
  readonly server: PeerServer;
  /** What requests consumed, those of all peers, to be set to zero by whoever measures. */
  readonly units: Units;
  /** How often a subscriber's document was executed. */
  readonly executions: { count: number };
}

export interface PeerOptions {
  readonly endpoint: string;
  readonly connections: PeerConnections;
  readonly tell: (line: string) => void;
  /** Refuses every connection_init, as for a bad token. */
  readonly refuses?: boolean;
}

const TYPES = `
  type Query { none: Boolean }
  type Memo { id: ID! padId: ID! title: String! body: String! }
  type Subscription { memoChanged(padId: ID!): Memo! }
`;
let opened = 0;
const units: Units = { read: 0, write: 0 };

/**
 * Opens the peer on an engine, set up as its README says: two tables with two indexes, a topic for
 * changes of memos, and a filter by pad. API Gateway's side is given.
 * @throws when it can't be installed
 */
export async function openPeer({ tell, refuses = false, ...options }: PeerOptions): Promise<Peer> {
  process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
  const load = await installPeer(tell);
  const { makeServer, subscribe } = load('graphql-lambda-subscriptions') as PeerPackage;
  const { buildSchema } = load('graphql') as typeof import('graphql');
  const sdk = load('aws-sdk') as AwsSdk;
  meter(sdk);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const { endpoint } = options;
  const dynamodb = new sdk.DynamoDB({ endpoint, region: 'local', ...credentials });
  opened += 1;
  const tableNames = await createTables(dynamodb, `peer${opened}`);
  const executions = { count: 0 };
  const schema = buildSchema(TYPES);
  Object.assign(schema.getSubscriptionType()?.getFields().memoChanged ?? {}, {
    subscribe: subscribe('MEMO_CHANGED', { filter: (_: unknown, args: object) => args }),
    resolve: ({ payload }: { readonly payload: object }) => {
      executions.count += 1;
      return payload;
    },
  });
  const server = makeServer({
    ...{ dynamodb, schema, tableNames, onError: () => {} },
    apiGatewayManagementApi: managementApi(options.connections),
    onConnectionInit: () => {
      if (refuses) throw new Error('UNAUTHENTICATED');
      return {};
    },
  });
  return { server, units, executions };
}

async function createTables(dynamodb: DynamoDbV2, prefix: string) {
  const tableNames = { connections: `${prefix}-connections`, subscriptions: `${prefix}-subs` };
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
  const hash = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' }];
  const index = (IndexName: string, name: string) => ({
    ...{ IndexName, KeySchema: hash(name) },
    Projection: { ProjectionType: 'ALL' },
  });
  const common = { KeySchema: hash('id'), BillingMode: 'PAY_PER_REQUEST' };
  const { connections, subscriptions } = tableNames;
  await dynamodb
    .createTable({ TableName: connections, AttributeDefinitions: [text('id')], ...common })
    .promise();
  const indexes = [index('ConnectionIndex', 'connectionId'), index('TopicIndex', 'topic')];
  const attributes = [text('id'), text('connectionId'), text('topic')];
  const withIndexes = { AttributeDefinitions: attributes, GlobalSecondaryIndexes: indexes };
  await dynamodb.createTable({ TableName: subscriptions, ...withIndexes, ...common }).promise();
  return tableNames;
}

/** The library makes clients of its own after the one it is given, so that all clients are metered. */
function meter({ DynamoDB }: AwsSdk): void {
  DynamoDB.prototype.customizeRequests((request) => {
    if (request.operation === 'createTable') return;
    request.params = { ...request.params, ReturnConsumedCapacity: 'TOTAL' };
    request.on('success', ({ data }) => {
      const isRead = /^(get|query|scan)/i.test(request.operation);
      units[isRead ? 'read' : 'write'] += data.ConsumedCapacity?.CapacityUnits ?? 0;
    });
  });
}

interface Call {
  readonly ConnectionId: string;
  readonly Data: string;
}

function managementApi({ post, close }: PeerConnections) {
  const sent = (action: () => void) => ({
    promise: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      action();
    },
  });
  return {
    postToConnection: ({ ConnectionId, Data }: Call) => sent(() => post(ConnectionId, Data)),
    deleteConnection: ({ ConnectionId }: Call) => sent(() => close(ConnectionId)),
  };
}
