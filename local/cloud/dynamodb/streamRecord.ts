/** An item as the wire has it: `{ "PK": { "S": "…" } }`. */
export type WireItem = Readonly<Record<string, unknown>>;

/**
 * One record of a table's stream, as a function's event has it.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  /** Whose deletion it was, when DynamoDB itself deleted an expired item. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: string } | undefined;
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: WireItem;
    readonly NewImage?: WireItem | undefined;
    readonly OldImage?: WireItem | undefined;
    /** 21 digits: as texts they sort as the records do, also across a compaction. */
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}
