/** What running one handler has led to: exactly one of `value`, `early` and `error` is there. */
export interface Outcome {
  readonly value?: unknown;
  readonly early?: EarlyReturn;
  readonly error?: HandlerError;
  /** Of `util.appendError`, in order. */
  readonly outErrors: readonly AppendedError[];
  /** Calls of `extensions.*`, in order. */
  readonly extensions: readonly ExtensionCall[];
  /** As the handler has left it: the next handler's. */
  readonly stash: unknown;
  /** As the handler has left them: what `request` changes `response` sees. */
  readonly arguments: unknown;
  /** Of `util.http.addResponseHeader`. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Of `console`, as AWS writes them: `INFO - code.js:13:5: "text"`. */
  readonly logs: readonly string[];
}

/** Of `runtime.earlyReturn`. https://docs.aws.amazon.com/appsync/latest/devguide/runtime-utils-js.html */
export interface EarlyReturn {
  readonly value: unknown;
  readonly skipTo: 'NEXT' | 'END';
}

export interface AppendedError {
  readonly message: string;
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;
}

export interface HandlerError extends AppendedError {
  /** `error` and `unauthorized` were asked for by the handler; `code` is a fault of its code. */
  readonly kind: 'error' | 'unauthorized' | 'code';
  /** Where a fault of the code is; both from 1. */
  readonly position?: Position;
  /** The same in the source it comes from: `resolvers/shared/viewer.ts:12:5`. */
  readonly source?: string;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

export type ExtensionName =
  | 'setSubscriptionFilter'
  | 'setSubscriptionInvalidationFilter'
  | 'invalidateSubscriptions'
  | 'evictFromApiCache';

export interface ExtensionCall {
  readonly name: ExtensionName;
  readonly given: readonly unknown[];
}
