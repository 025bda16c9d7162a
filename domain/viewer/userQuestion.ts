import type { SubgraphResponse } from './subgraphRequest.ts';

/** A user whom the AppSync door asks the auth service for; such questions come in batches. */
export interface UserQuestion {
  readonly id: string;
  /** The viewer's, verified again. Missing where a service asks: then `email` is null for everybody. */
  readonly authorization?: string | undefined;
  /** Names the request in every log line it causes. */
  readonly requestId: string;
}

/** The user as `data.user`, or why there is none. */
export type UserAnswer = SubgraphResponse;
