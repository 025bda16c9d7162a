import { ACCESS_TOKEN_SCOPE } from '#domain/auth/accessTokenIssuer.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import { ACCESS_TOKEN_ALGORITHM } from '#domain/viewer/accessToken.ts';
import type { HttpResponse } from '#domain/viewer/httpMessage.ts';
import { json } from './json.ts';

/** In seconds: how soon a newly published key is seen by whoever keeps to it. */
const CACHED = { 'cache-control': 'max-age=300' };

/** `GET /.well-known/openid-configuration`: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
export function describeIssuer(issuer: string): HttpResponse {
  const body = {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${issuer}/token`,
    grant_types_supported: ['refresh_token'],
    token_endpoint_auth_methods_supported: ['none'],
    // There is no authorization endpoint; the member is required, and AWS is known to take this value.
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [ACCESS_TOKEN_ALGORITHM],
    scopes_supported: [ACCESS_TOKEN_SCOPE],
    claims_supported: CLAIMS,
  };
  return json({ status: 200, body, headers: CACHED });
}

const CLAIMS = 'iss sub aud client_id iat exp jti sid scope token_use'.split(' ');

/** `GET /.well-known/jwks.json` (RFC 7517 section 5), member by member, so that nothing private can slip in. */
export function publishKeys({ published }: SigningKey): HttpResponse {
  const keys = published.map(({ kty, alg, use, kid, n, e }) => ({ kty, alg, use, kid, n, e }));
  return json({ status: 200, body: { keys }, headers: CACHED });
}
