/** A socket, once its `connection_init` was accepted. */
export interface Connection {
  readonly connectionId: string;
  readonly userId: string;
  /** When the access token ends, in seconds since 1970. */
  readonly tokenEndsAt: number;
  /** When its row may go, in seconds since 1970: once the connection has ended, or can't be used any more. */
  readonly forgetAt: number;
}

/** Names one subscription: the operation id is the client's choice, once a connection. */
export interface OperationKey {
  readonly connectionId: string;
  readonly operationId: string;
}

export interface SubscriptionKey extends OperationKey {
  readonly padId: string;
}

export interface Subscription extends SubscriptionKey {
  /** Names its document row: bytes as base64url. */
  readonly documentHash: string;
  /** When the access token it was made with ends, in seconds since 1970: nothing is posted after that. */
  readonly expiresAt: number;
}

export interface LiveSubscription extends Subscription {
  /** It gets every change from this one on by drains, and none before. */
  readonly fromSeq: number;
}

/** What all its watchers share: the normalised text, and the variables without `since`. Never a token. */
export interface WatchDocument {
  readonly hash: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * STARTED; DUPLICATE: the connection has a subscription with this operation id; COMPLETED: its
 * `complete` was here before it, so it shall not begin.
 */
export type StartOutcome = 'STARTED' | 'DUPLICATE' | 'COMPLETED';

/** LIVE; MORE: a change came in between, replay on; GONE: it was completed or removed meanwhile. */
export type HandOff = 'LIVE' | 'MORE' | 'GONE';

/** Who watches what. All reads are strongly consistent. */
export interface SubscriptionStore {
  /** False when the connection was initialised before. */
  initialise(connection: Connection): Promise<boolean>;
  connection(connectionId: string): Promise<Connection | null>;
  /** The users of connections, those that are still known. */
  usersOf(connectionIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Writes a subscription that drains pass by until it goes live. */
  startCatchingUp(subscription: Subscription): Promise<StartOutcome>;
  /**
   * The hand-off: from `fromSeq` on drains are the only sender, provided that the log does not hold
   * that change yet. Exactly one sender for each change, whatever happens at the same time.
   */
  goLive(key: SubscriptionKey, fromSeq: number): Promise<HandOff>;
  /** For a log that never stands still: live from `fromSeq` whatever the log holds. Whoever calls it sends what the log holds by then once more: twice perhaps, never left out. */
  goLiveWithOverlap(key: SubscriptionKey, fromSeq: number): Promise<Exclude<HandOff, 'MORE'>>;
  /** The live subscriptions of a pad, those whose token has ended too. */
  listLive(padId: string): Promise<LiveSubscription[]>;
  /** The subscriptions of a connection, live or not. @throws BAD_USER_INPUT when it has too many rows, most of them marks of `complete` */
  listOfConnection(connectionId: string): Promise<SubscriptionKey[]>;
  /** What a client's `complete` does: the subscription is removed, or kept from beginning when it isn't there yet. @throws as `listOfConnection` */
  complete(operation: OperationKey): Promise<void>;
  /** Removes one subscription that the server ended: if this fails, perhaps from its pad's watchers alone. */
  remove(key: SubscriptionKey): Promise<void>;
  /** Removes a connection with everything of it. */
  removeConnection(connectionId: string): Promise<void>;
  /** Keeps a document for as long as anybody may watch with it. @throws Error when another one has its hash */
  keepDocument(document: WatchDocument): Promise<void>;
  document(hash: string): Promise<WatchDocument | null>;
}
