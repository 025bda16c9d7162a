import { type AccessTokens, bearer, createAccessTokens } from './accessTokens.ts';
import {
  type AuthRequests,
  type Credentials,
  createAuthRequests,
  type Grant,
  grantIn,
  type SignUpInput,
  type Who,
} from './authRequests.ts';
import type { PostGraphql } from './graphqlEndpoint.ts';
import { GraphqlFailure } from './graphqlFailure.ts';

export type SessionState =
  | { readonly kind: 'signedOut'; readonly notice: string | null }
  | { readonly kind: 'signedIn'; readonly who: Who };

/** Who is signed in at the playground. */
export interface Session {
  /** Calls the listener after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
  state(): SessionState;
  /** Rejects with a GraphqlFailure when the service refuses. */
  signIn(credentials: Credentials): Promise<void>;
  /** Rejects with a GraphqlFailure when the service refuses. */
  signUp(input: SignUpInput): Promise<void>;
  /** Ends the session here, and on the service if it can be reached. */
  signOut(): Promise<void>;
  /** What goes into `Authorization`, or null. A session that is over rejects and signs out. */
  authorization(): Promise<string | null>;
  /** A new one, for a service that refused the last; otherwise like `authorization`. */
  renew(): Promise<string | null>;
  /** Follows what an operation run in the editor did to the session: its answer's data. */
  follow(data: unknown): Promise<void>;
}

export interface SessionOptions {
  readonly post: PostGraphql;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A playground where nobody is signed in yet. */
export function createSession({ post, now }: SessionOptions): Session {
  const requests = createAuthRequests(post);
  const tokens = createAccessTokens({ refresh: requests.refresh, now });
  const shown = createShown({ kind: 'signedOut', notice: null });
  const enter = (grant: Grant) => enterAs({ grant, requests, tokens, shown });
  const leave = (notice: string | null) => {
    tokens.hold(null);
    shown.set({ kind: 'signedOut', notice });
  };
  return {
    subscribe: shown.subscribe,
    state: shown.get,
    signIn: async (credentials) => enter(await requests.signIn(credentials)),
    signUp: async (input) => enter(await requests.signUp(input)),
    async signOut() {
      const authorization = await tokens.authorization().catch(() => null);
      leave(null);
      // The page forgot the tokens already: a service that can't be reached changes nothing here.
      if (authorization) await requests.signOut(authorization).catch(() => undefined);
    },
    authorization: () => tokens.authorization().catch(leaveWhenOver(leave)),
    renew: () => tokens.renew().catch(leaveWhenOver(leave)),
    async follow(data) {
      const grant = grantIn(data);
      if (grant) await enter(grant);
      else if (endsSession(data)) leave(null);
    },
  };
}

interface Shown {
  get(): SessionState;
  set(next: SessionState): void;
  subscribe(listener: () => void): () => void;
}

function createShown(first: SessionState): Shown {
  const listeners = new Set<() => void>();
  let state = first;
  return {
    get: () => state,
    set(next) {
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

interface Entry {
  readonly grant: Grant;
  readonly requests: AuthRequests;
  readonly tokens: AccessTokens;
  readonly shown: Shown;
}

async function enterAs({ grant, requests, tokens, shown }: Entry): Promise<void> {
  const who = await requests.me(bearer(grant));
  tokens.hold(grant);
  shown.set({ kind: 'signedIn', who });
}

function leaveWhenOver(leave: (notice: string) => void) {
  return (error: unknown): never => {
    if (!(error instanceof GraphqlFailure && error.unauthenticated)) throw error;
    const message = 'Your session has ended. Sign in again.';
    leave(message);
    throw new GraphqlFailure([{ message, extensions: { code: 'UNAUTHENTICATED' } }]);
  };
}

function endsSession(data: unknown): boolean {
  const { signOut, signOutEverywhere } = (data ?? {}) as Record<string, unknown>;
  return signOut === true || signOutEverywhere === true;
}
