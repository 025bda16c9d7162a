import type { TestIssuer } from '#tests/support/issuer.ts';

/**
 * A way into the API. The suite knows of a door only what stands here, so that a new one is an
 * entry in doors.ts and nothing else.
 */
export interface Door {
  readonly name: string;
  /** Which of the two ways into the API it is: some answers differ by it, see differences.ts. */
  readonly kind: DoorKind;
  /** Starts everything behind the door on empty tables, served over real HTTP on a free port. */
  start(): Promise<RunningDoor>;
}

export type DoorKind = 'federated' | 'appsync';

export interface RunningDoor {
  /** Where GraphQL is served. */
  readonly url: string;
  execute(document: string, request?: GraphqlRequest): Promise<Answer>;
  /** Sends any HTTP request to where GraphQL is served. */
  send(request: RawRequest): Promise<Answer>;
  /** Moves every clock behind the door ahead while the action runs, and back after it. */
  later<Result>(ms: number, action: () => Promise<Result>): Promise<Result>;
  /** Counts what DynamoDB is asked while the action runs: `{ BatchGetItem: 1, Query: 1 }`. */
  countCalls(action: () => Promise<unknown>): Promise<Readonly<Record<string, number>>>;
  /** Makes DynamoDB fail with a telling error while the action runs. */
  failing<Result>(cause: string, action: () => Promise<Result>): Promise<Result>;
  /** Takes a user's row away, as no operation of the API ever does. */
  loseUser(userId: string): Promise<void>;
  /** Issues tokens behind the API's back, to see forged ones refused. */
  readonly issuer: TestIssuer;
  stop(): Promise<void>;
}

export interface GraphqlRequest {
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Whatever else may come over the wire; a POST when nothing is said. */
export interface RawRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'OPTIONS';
  /** What comes behind the endpoint's path: `?query=…`. */
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

/** A GraphQL response with the HTTP that carried it. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly AnswerError[];
  /** The body as it came. */
  readonly text: string;
  /** Whether what is refused before anything runs is told in our own words: AppSync has its own. */
  readonly inOurWords: boolean;
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
}
