/**
 * What a resolver's file name may name as its data source, the last word of the name. The stack and
 * the tests make them; a field that waits in a batch gets up to `maxBatchSize` others with it.
 */
export const DATA_SOURCES = {
  /** The memo service's table of pads, memberships, invites and memos. */
  memoTable: { kind: 'TABLE', table: 'memo' },
  /** The memo service's change log. */
  liveTable: { kind: 'TABLE', table: 'live' },
  /** The auth service's function: one operation a call. */
  auth: { kind: 'FUNCTION', function: 'authSubgraph' },
  /** The same function, which answers many calls for users at once. */
  users: { kind: 'FUNCTION', function: 'authSubgraph', maxBatchSize: 100 },
  /** Nothing but code. */
  none: { kind: 'NONE' },
};
