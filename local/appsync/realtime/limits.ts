/** https://docs.aws.amazon.com/general/latest/gr/appsync.html and the protocol's page. */
export interface RealtimeLimits {
  readonly subscriptionsPerConnection: number;
  /** How long a client may hear nothing before it gives up: told in `connection_ack`. */
  readonly connectionTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly connectionMs: number;
  /** Of one message of a client's. */
  readonly messageBytes: number;
  /** How much may wait for a client that doesn't read before it is cut off; AWS doesn't say when it loses patience. */
  readonly unreadBytes: number;
}

export const AWS_REALTIME_LIMITS: RealtimeLimits = {
  subscriptionsPerConnection: 200,
  connectionTimeoutMs: 300_000,
  keepAliveMs: 60_000,
  connectionMs: 24 * 60 * 60 * 1000,
  messageBytes: 1024 * 1024,
  unreadBytes: 16 * 1024 * 1024,
};
