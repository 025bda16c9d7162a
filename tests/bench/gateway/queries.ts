import { memoId } from './data.ts';

/** A request as a client sends it, and what shows that its reply is right. */
export interface Workload {
  readonly name: 'V' | 'H';
  readonly title: string;
  /** The bodies that are sent in turn. */
  readonly bodies: readonly string[];
  /** How often `displayName` stands in a good reply: once for each memo. */
  readonly memos: number;
  /** How many requests make a set-up warm. */
  readonly warmUpRequests: number;
}

/** Fixed variables flatter gateways that answer equal requests in flight once. */
const DISTINCT_VARIABLES = 10_000;

const QUERY_V = 'query V($id: ID!) { memo(id: $id) { id title tags author { displayName } } }';

const QUERY_H = `query H {
  active: memos(first: 100) { ...list }
  pinned: memos(first: 100, filter: { pinned: true }) { ...list }
  archived: memos(first: 100, filter: { state: ARCHIVED }) { ...list }
  trashed: memos(first: 100, filter: { state: TRASHED }) { ...list }
}
fragment list on MemoConnection {
  nodes { id title excerpt tags color pinned version updatedAt author { displayName } }
}`;

export const V: Workload = {
  name: 'V',
  title: 'one memo and its author, 10,000 distinct variables',
  bodies: Array.from({ length: DISTINCT_VARIABLES }, (_, index) =>
    JSON.stringify({ query: QUERY_V, operationName: 'V', variables: { id: memoId(index) } }),
  ),
  memos: 1,
  warmUpRequests: 3_000,
};

export const H: Workload = {
  name: 'H',
  title: '400 memos and their authors in one reply',
  bodies: [JSON.stringify({ query: QUERY_H, operationName: 'H' })],
  memos: 400,
  warmUpRequests: 300,
};
