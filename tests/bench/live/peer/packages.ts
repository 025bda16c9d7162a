/** What is used of graphql-lambda-subscriptions 6.0.0. Its types come with it, but it isn't always there. */
export interface PeerServer {
  readonly webSocketHandler: (event: PeerEvent) => Promise<unknown>;
  readonly publish: (event: { readonly topic: string; readonly payload: object }) => Promise<void>;
}

export interface PeerEvent {
  readonly requestContext: {
    readonly connectionId: string;
    readonly eventType: string;
    readonly [name: string]: unknown;
  };
  readonly body?: string | null;
}

export interface PeerPackage {
  readonly makeServer: (options: object) => PeerServer;
  readonly subscribe: (topic: string, options?: object) => unknown;
}

/** What is used of the second version of the AWS SDK. */
export interface AwsSdk {
  readonly DynamoDB: {
    new (settings: object): DynamoDbV2;
    readonly prototype: DynamoDbV2;
  };
}

export interface DynamoDbV2 {
  createTable(input: object): { promise(): Promise<unknown> };
  /** Of a prototype: hears of the requests of all clients. */
  customizeRequests(customize: (request: RequestV2) => void): void;
}

export interface RequestV2 {
  readonly operation: string;
  params: object;
  on(event: 'success', listen: (response: { readonly data: CapacityV2 }) => void): void;
}

export interface CapacityV2 {
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number };
}
