/**
 * The tables, as data: what creates them on a laptop and what infra/ deploys both read this file,
 * so that it imports nothing. Every attribute named here is a string. Written in the APPSYNC_JS
 * subset, because both doors read this very file.
 */
export interface TableDefinition {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly localIndexes: readonly LocalIndex[];
  readonly globalIndexes: readonly GlobalIndex[];
  /** Holds the time, in seconds since 1970, after which an item may be deleted. */
  readonly timeToLiveAttribute: string;
  /** Whether changes are streamed, with both images. */
  readonly streamed: boolean;
}

/** Shares the table's partition key, so that it can be read strongly. */
export interface LocalIndex {
  readonly name: string;
  readonly sortKey: string;
  readonly projected: readonly string[];
}

export interface GlobalIndex {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly projected: readonly string[];
}

export const AUTH_TABLE: TableDefinition = {
  partitionKey: 'PK',
  sortKey: 'SK',
  localIndexes: [],
  globalIndexes: [],
  timeToLiveAttribute: 'ttl',
  streamed: false,
};

/** Lists read this index alone: it projects the summary, everything of a memo but its body. */
export const BY_CHANGE = 'byChange';
/** A user's memberships; eventually consistent, so what it names is read again before it is trusted. */
export const BY_MEMBER = 'byMember';

export const MEMO_TABLE: TableDefinition = {
  partitionKey: 'PK',
  sortKey: 'SK',
  localIndexes: [
    {
      name: BY_CHANGE,
      sortKey: 'place',
      projected: [
        'title',
        'excerpt',
        'tags',
        'color',
        'version',
        'createdAt',
        'trashedAt',
        'author',
        'editor',
        'tasks',
        'doneTasks',
        'bytes',
      ],
    },
  ],
  globalIndexes: [
    { name: BY_MEMBER, partitionKey: 'member', sortKey: 'PK', projected: ['role', 'since'] },
  ],
  timeToLiveAttribute: 'ttl',
  streamed: true,
};

/**
 * The change logs and who watches them: see table/live/keys.ts. Rows of watchers are read at each
 * push, so names are short. Without indexes: a connection's rows are found by its own partition.
 */
export const LIVE_TABLE: TableDefinition = {
  partitionKey: 'PK',
  sortKey: 'SK',
  localIndexes: [],
  globalIndexes: [],
  timeToLiveAttribute: 't',
  streamed: false,
};
