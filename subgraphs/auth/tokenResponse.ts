import { ACCESS_TOKEN_SCOPE } from '#domain/auth/accessTokenIssuer.ts';
import type { SignedIn } from '#domain/auth/startSession.ts';
import { ACCESS_TOKEN_TTL_SECONDS } from '#domain/viewer/accessToken.ts';
import type { HttpResponse } from '#domain/viewer/httpMessage.ts';
import { json } from './json.ts';

/** RFC 6749 section 5.1. */
export function tokenResponse({ accessToken, refreshToken }: SignedIn): HttpResponse {
  return json({
    status: 200,
    body: {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: ACCESS_TOKEN_TTL_SECONDS,
      refresh_token: refreshToken,
      scope: ACCESS_TOKEN_SCOPE,
    },
    headers: { 'cache-control': 'no-store' },
  });
}
