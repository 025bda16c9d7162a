/**
 * What the gateway takes at most. A request beyond one of these is refused before any subgraph
 * hears of it.
 */
export const LIMITS = {
  /**
   * Bytes of a POST body. The longest memo, 100,000 characters each escaped as `\uXXXX`, is 600 KB,
   * and 50 tags of 50 characters are 15 KB more.
   */
  bodyBytes: 1_000_000,
  /** Characters of a GET request's query string: what every recipient should take (RFC 9110 section 4.1). */
  urlLength: 8_000,
  /**
   * Characters of a document. GraphiQL's introspection query has 2,000; texts belong into variables,
   * so that documents stay few and what is remembered of them small.
   */
  queryLength: 20_000,
  /** Lexical tokens of a document. GraphiQL's introspection query has about 300, a page of an app fewer. */
  tokens: 1_000,
  /** Nested selections. The deepest useful path, `pads.memos.edges.node.author.displayName`, has 6. */
  depth: 10,
  /** Aliases in an operation: a board of a dozen lists fits. The first plan of 15 lists takes 0.1 s, of 30 lists 0.5 s. */
  aliases: 15,
  /** Directives in an operation: room for `@include` on every field of a memo, twice. */
  directives: 50,
  /** Objects an operation may answer with, by estimate: see costRule.ts. A page of every pad, with authors, fits. */
  cost: 5_000,
  /** Credential fields in an operation, so that one request is one attempt whatever the throttle counts. */
  credentialFields: 1,
  /** Problems told of one request's variables; each further one would only make the answer longer. */
  variableProblems: 10,
  /** Characters of an error's message: the rest of a long one is the caller's own text. */
  messageLength: 500,
} as const;

/** The mutations that take a secret and say whether it was right. */
export const CREDENTIAL_FIELDS: readonly string[] = [
  'signIn',
  'signUp',
  'refreshSession',
  'changePassword',
];

/** What the cost of an operation is reckoned with. */
export const COST_ASSUMPTIONS = {
  /** Items of a list without a `first` argument: pads, members, sessions, tasks. */
  listLength: 10,
  /** Items of a page when `first` is left out, should the schema not say. */
  pageSize: 20,
  /**
   * Objects that a memo's body and its tasks weigh each. A body has
   * up to 100,000 characters: four pages of 100 bodies fit, 4 MB at the most. A body may have 16,666
   * tasks, 3 MB of JSON: a page of 100 bodies with tasks fits, fifteen short pages of tasks don't.
   */
  heavyMemoFields: { body: 10, tasks: 35 } as Readonly<Record<string, number>>,
  /** Items of a page whose `first` is a variable: rules see documents, not variables. */
  largestPageSize: 100,
} as const;
