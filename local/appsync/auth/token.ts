import { errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '#domain/clock.ts';
import { remoteKeys } from '#domain/viewer/remoteKeys.ts';
import type { AuthMode } from '#local/appsync/definition.ts';
import { type AppSyncCaller, Unauthorized } from './caller.ts';

/** Gets the public keys of an issuer. Rejects when they can't be had. */
export type LoadKeys = (issuer: string) => Promise<JSONWebKeySet>;

type OpenIdMode = Extract<AuthMode, { type: 'OPENID_CONNECT' }>;

interface TokenReaderOptions {
  readonly loadKeys: LoadKeys;
  readonly clock: Clock;
}

/**
 * Reads access tokens as AppSync does: signature, issuer, times and the client's id, and nothing else.
 * What a token is for is left to the resolvers.
 * https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#openid-connect-authorization
 */
export function createTokenReader(
  { issuer, clientId }: OpenIdMode,
  { loadKeys, clock }: TokenReaderOptions,
): (authorization: string) => Promise<AppSyncCaller> {
  const keys = remoteKeys({ load: () => loadKeys(issuer), clock });
  const isClient = clientId === undefined ? () => true : createClientCheck(clientId);
  return async (authorization) => {
    const token = authorization.replace(/^Bearer /i, '');
    const payload = await verify(() =>
      jwtVerify(token, keys, {
        issuer,
        requiredClaims: ['iat', 'exp', 'sub'],
        currentDate: new Date(clock()),
      }),
    );
    if (!isClient(payload)) throw unauthorized();
    const identity = { sub: payload.sub, issuer: payload.iss, claims: payload };
    return { mode: 'OPENID_CONNECT', identity, endsAtMs: Number(payload.exp) * 1000 };
  };
}

/** @param clientId a regular expression that the audience or the authorized party must match */
function createClientCheck(clientId: string): (payload: JWTPayload) => boolean {
  const pattern = new RegExp(`^(?:${clientId})$`);
  return ({ aud, azp }) =>
    [aud, azp].flat().some((one) => typeof one === 'string' && pattern.test(one));
}

async function verify(run: () => Promise<{ readonly payload: JWTPayload }>): Promise<JWTPayload> {
  try {
    return (await run()).payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new Unauthorized('Token has expired.');
    throw unauthorized();
  }
}

const unauthorized = (): Unauthorized =>
  new Unauthorized('You are not authorized to make this call.');

/** Asks the issuer's discovery document where its keys are. https://openid.net/specs/openid-connect-discovery-1_0.html */
export const loadPublishedKeys: LoadKeys = async (issuer) => {
  const found = await getJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  return (await getJson(String(found.jwks_uri))) as unknown as JSONWebKeySet;
};

async function getJson(url: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Expected ${url} to answer 200, got ${response.status}.`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
}
