import type { Log } from '#domain/log.ts';
import type { AppSyncCaller } from '#local/appsync/auth/caller.ts';
import type { ExtensionCall } from '#local/appsync/sandbox/outcome.ts';
import type { FieldProblem } from './fieldError.ts';

/** What an HTTP server or a socket tells of a request besides the operation. */
export interface RequestFacts {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What its answer calls it: for the log. */
  readonly requestId?: string | undefined;
}

/** A problem that was told without ending its field: `util.appendError`. */
export interface AppendedProblem extends FieldProblem {
  readonly path: readonly (string | number)[];
  readonly locations: readonly { readonly line: number; readonly column: number }[];
}

/** One operation while it is executed. */
export interface Run {
  readonly caller: AppSyncCaller;
  readonly facts: RequestFacts;
  readonly appended: AppendedProblem[];
  /** What resolvers said by `extensions.*`, in order. */
  readonly extensions: ExtensionCall[];
  /** What resolvers want the answer to carry: `util.http.addResponseHeader`. */
  readonly headers: Record<string, unknown>;
  /** Gets what clients aren't told. */
  readonly log: Log;
  /** Counts a resolver. @throws FieldError when the request has had its share of them */
  countResolver(): void;
  /** Calls of data sources that wait for others of their kind, by the step. */
  readonly batches: WeakMap<object, unknown>;
}
