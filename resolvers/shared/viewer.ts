import { type Context, util } from '@aws-appsync/utils';
import {
  type AccessClaims,
  accessClaimsProblem,
  SIGNED_OUT,
  tokenRefusal,
} from '#domain/viewer/accessClaims.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { refuse } from './refuse.ts';

/**
 * The viewer's id; every chain begins here. AppSync has checked the token's signature, issuer, audience
 * and expiry, and would take any token of our issuer: those that aren't access tokens end here.
 * Ends with UNAUTHENTICATED.
 */
export function viewerId(ctx: Context): string {
  const claims = claimsOf(ctx);
  if (!claims) return refuse(SIGNED_OUT);
  const problem = accessClaimsProblem(claims, util.time.nowEpochSeconds());
  if (problem !== null) return refuse(tokenRefusal(problem));
  if (!isUlid(`${claims.sub}`)) {
    return refuse(tokenRefusal('expected the claims sub and sid to name somebody'));
  }
  return `${claims.sub}`;
}

/** Whether a person asks. False for an API key and for a service that signs with IAM. */
export function isSignedIn(ctx: Context): boolean {
  return claimsOf(ctx) !== null;
}

/** Only OpenID Connect brings claims. */
function claimsOf({ identity }: Context): AccessClaims | null {
  const { claims } = (identity ?? {}) as { readonly claims?: AccessClaims | null };
  return claims ?? null;
}
