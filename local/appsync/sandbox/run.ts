import type { AppendedError, EarlyReturn, ExtensionCall, HandlerError } from './outcome.ts';

/** What the utilities note down while one handler runs. */
export interface Run {
  /** What `util.authType()` says. */
  readonly authType: string;
  readonly outErrors: AppendedError[];
  readonly extensions: ExtensionCall[];
  readonly headers: Record<string, unknown>;
  readonly logs: string[];
  /** Why the handler has stopped before its end. */
  halted: Halted | undefined;
}

export type Halted = { readonly early: EarlyReturn } | { readonly error: HandlerError };

export function startRun(authType: string): Run {
  return {
    authType,
    outErrors: [],
    extensions: [],
    headers: {},
    logs: [],
    halted: undefined,
  };
}
