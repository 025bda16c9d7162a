/** What API Gateway does now and then, and a loopback connection never. */
export interface SocketFaults {
  /**
   * What becomes of a post to a connection: refused with 429, accepted and lost, sent though the answer is 500.
   */
  onPost?(): 'THROTTLED' | 'LOST' | 'SENT_BUT_FAILED' | undefined;
  /** Whether the end of a connection is told to nobody. */
  dropsDisconnect?(): boolean;
  /** How long a message waits before its function is invoked: milliseconds. Later ones may overtake it. */
  delayOfMessage?(): number;
  /** How long a post takes: milliseconds. */
  delayOfPost?(): number;
}
