/** A token's claims as far as they matter here, in seconds (RFC 7519 section 4.1). */
interface Claims {
  readonly exp?: number;
  readonly iat?: number;
}

/**
 * How long an access token is good, in milliseconds; undefined when it doesn't say. A clock that is
 * slow can't make it longer than its issuer made it.
 */
export function tokenLifetimeMs(token: string, nowMs: number): number | undefined {
  const { exp, iat } = readClaims(token);
  if (!exp) return undefined;
  const leftMs = exp * 1000 - nowMs;
  return iat ? Math.min(leftMs, (exp - iat) * 1000) : leftMs;
}

/** Nothing is verified: it is our own token, and only a timer depends on it. */
function readClaims(token: string): Claims {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as Claims;
  } catch {
    return {};
  }
}
