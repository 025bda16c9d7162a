import type { Grant } from './authRequests.ts';

/** An access token with less than this left is refreshed before it is sent. */
const REFRESH_AHEAD_MS = 60_000;

/** Holds the tokens of one session, in memory alone: a reload forgets them. */
export interface AccessTokens {
  hold(grant: Grant | null): void;
  /** What goes into `Authorization`, good for a minute at least; null when nothing is held. */
  authorization(): Promise<string | null>;
  /** A new access token although the one held looks good: for a service that refused it. */
  renew(): Promise<string | null>;
}

export interface AccessTokensOptions {
  readonly refresh: (refreshToken: string) => Promise<Grant>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Refreshing happens when a token is asked for, not on a timer: a laptop that slept gets it right
 * too. A refresh token works once, so requests that need a new pair at the same time share one
 * refresh.
 */
export function createAccessTokens({ refresh, now }: AccessTokensOptions): AccessTokens {
  let held: Grant | null = null;
  let renewal: Promise<string | null> | null = null;

  async function trade(grant: Grant | null): Promise<string | null> {
    if (!grant?.refreshToken) return null;
    const next = await refresh(grant.refreshToken);
    // Signed out, or in as someone else, while the answer was on its way: it came too late.
    if (held === grant) held = next;
    return held && bearer(held);
  }

  function renew(): Promise<string | null> {
    renewal ??= trade(held).finally(() => {
      renewal = null;
    });
    return renewal;
  }

  return {
    hold(grant) {
      held = grant;
    },
    async authorization() {
      if (!held) return null;
      const leftMs = held.expiresAtMs - now();
      return leftMs < REFRESH_AHEAD_MS && held.refreshToken ? renew() : bearer(held);
    },
    renew,
  };
}

/** The value of an `Authorization` header (RFC 6750 section 2.1). */
export function bearer({ accessToken }: Grant): string {
  return `Bearer ${accessToken}`;
}
