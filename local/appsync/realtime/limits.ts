/** https://docs.aws.amazon.com/general/latest/gr/appsync.html and the protocol's page. */
export interface RealtimeLimits {
  readonly subscriptionsPerConnection: number;
  /** How long a client may hear nothing before it gives up: told in `connection_ack`. */
  readonly connectionTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly connectionMs: number;
  /** Of one message of a client's. */
  readonly messageBytes: number;
}

export const AWS_REALTIME_LIMITS: RealtimeLimits = {
  subscriptionsPerConnection: 200,
  connectionTimeoutMs: 300_000,
  keepAliveMs: 60_000,
  connectionMs: 24 * 60 * 60 * 1000,
  messageBytes: 1024 * 1024,
};
