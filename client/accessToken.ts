import { tokenLifetimeMs } from './tokenLifetime.ts';

/** Gives the viewer's access token; null when nobody is signed in. `refused` says that the service took the last one for no good, whatever its expiry says: give a new one. */
export type GetAccessToken = (why: {
  readonly refused: boolean;
}) => Promise<string | null> | string | null;

export interface AccessTokenOptions {
  /** Asked before each connection. When it rejects, the connection is tried again later. */
  readonly getAccessToken: GetAccessToken;
  /** How long before its token ends a connection is made anew with the next one, in milliseconds; 60_000 by default. */
  readonly refreshAheadMs?: number;
  /** Milliseconds since 1970; the device's own by default. It may be wrong. */
  readonly clock?: () => number;
}

/** The token of the current connection. */
export interface AccessToken {
  /** What a connection begins with. */
  parameters(): Promise<{ authorization: string } | undefined>;
  /** When the connection needs a new token, in milliseconds from now; undefined when never. */
  renewalMs(acknowledgement: unknown): number | undefined;
  refuse(): void;
}

export function createAccessToken(options: AccessTokenOptions): AccessToken {
  const { getAccessToken, refreshAheadMs = 60_000, clock = Date.now } = options;
  let token: string | null = null;
  let refused = false;
  return {
    async parameters() {
      token = await getAccessToken({ refused });
      refused = false;
      return token ? { authorization: `Bearer ${token}` } : undefined;
    },
    renewalMs(acknowledgement) {
      const { expiresInSeconds: told } = (acknowledgement ?? {}) as { expiresInSeconds?: number };
      // A service that says how long the token is good spares us comparing clocks.
      const lifetimeMs = told ? told * 1000 : tokenLifetimeMs(token ?? '', clock());
      if (lifetimeMs === undefined) return undefined;
      // A clock that is far ahead must not have us connect all the time.
      return Math.max(lifetimeMs - refreshAheadMs, refreshAheadMs / 2);
    },
    refuse() {
      refused = true;
    },
  };
}
