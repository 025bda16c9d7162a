import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** What the stores need of the SDK's client. */
export type DynamoDb = Pick<DynamoDBClient, 'send'>;

/** One table: the client and the table's name. */
export interface Table {
  readonly dynamoDb: DynamoDb;
  readonly tableName: string;
}

export interface DynamoDbOptions {
  /** Any DynamoDB-compatible endpoint; AWS's own of the region when left out. */
  readonly endpoint?: string | undefined;
  readonly region: string;
  /** The environment's own when left out. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** How long one try may take, in milliseconds, 3_000 by default; another follows it. The SDK's own default is for ever. */
  readonly timeoutMs?: number;
}

/** DynamoDB accepts a connection in a few milliseconds or not at all. */
const CONNECT_WITHIN_MS = 1_000;

/** Makes the client, once a process: it keeps its connections alive (the SDK's default) and its middleware resolved. */
export function createDynamoDb(options: DynamoDbOptions): DynamoDBClient {
  const { endpoint, region, credentials, timeoutMs = 3_000 } = options;
  return new DynamoDBClient({
    region,
    cacheMiddleware: true,
    logger: QUIET,
    requestHandler: {
      connectionTimeout: CONNECT_WITHIN_MS,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials } : {}),
  });
}

/** The SDK walks every answer to log it when its logger has an `info`, even one that writes nothing. */
const QUIET = { debug() {}, warn() {}, error() {} } as unknown as NonNullable<
  DynamoDBClientConfig['logger']
>;
