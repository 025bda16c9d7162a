/** What API Gateway allows: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
export interface Limits {
  /** A larger frame ends the connection with 1009. */
  readonly frameBytes: number;
  /** A larger message ends the connection with 1009, and isn't posted. */
  readonly messageBytes: number;
  /** Without a message in either direction a connection ends. */
  readonly idleMs: number;
  /** A connection ends after this, whatever is going on. */
  readonly connectionMs: number;
  /** How long a function may take; when it takes longer it goes on, and nobody hears of it. */
  readonly integrationMs: number;
  /** Of the account and region. */
  readonly newConnectionsPerSecond: number;
  /** What is sent and not read yet. Assumed: AWS doesn't tell how much it keeps for a slow reader. */
  readonly unreadBytes: number;
}

export const AWS_LIMITS: Limits = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  idleMs: 10 * 60_000,
  connectionMs: 2 * 60 * 60_000,
  integrationMs: 29_000,
  newConnectionsPerSecond: 500,
  unreadBytes: 1024 * 1024,
};
