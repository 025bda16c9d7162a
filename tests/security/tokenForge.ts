import { constants, createHmac, KeyObject, randomBytes, sign, type webcrypto } from 'node:crypto';
import { createUlid } from '#domain/viewer/ulid.ts';

/** What it takes to make a good access token of an issuer, and so also every kind of bad one. */
export interface TokenIssuer {
  /** The exact `iss`. */
  readonly url: string;
  readonly kid: string;
  readonly privateKey: webcrypto.CryptoKey | KeyObject;
  readonly publicKey: webcrypto.CryptoKey | KeyObject;
}

/** Somebody with a key of their own, which they publish at a place of their own. */
export interface Attacker {
  readonly privateKey: KeyObject;
  readonly publicJwk: object;
  /** Where the attacker serves `publicJwk` under any `kid`. */
  readonly jwksUrl: string;
}

export interface Forge {
  readonly issuer: TokenIssuer;
  readonly attacker: Attacker;
  /** Seconds since 1970. */
  readonly now: number;
}

type Claims = Readonly<Record<string, unknown>>;
type Header = Readonly<Record<string, unknown>>;
export type Parts = readonly [header: string, claims: string, signature: string];

export function goodClaims({ issuer, now }: Forge): Claims {
  return {
    iss: issuer.url,
    sub: createUlid(now * 1000, randomBytes),
    aud: 'memopad',
    client_id: 'memopad',
    iat: now,
    exp: now + 900,
    jti: createUlid(now * 1000, randomBytes),
    sid: createUlid(now * 1000, randomBytes),
    scope: 'memopad',
    token_use: 'access',
  };
}

/** A token with a good signature; a claim or header that is `undefined` is left out. */
export function signed(forge: Forge, claims: Claims = {}, header: Header = {}): string {
  return signedText(forge, JSON.stringify({ ...goodClaims(forge), ...claims }), header);
}

/** A good signature over any text for claims. */
export function signedText({ issuer }: Forge, claims: string, header: Header = {}): string {
  const { privateKey, kid } = issuer;
  return assemble(claims, { alg: 'RS256', kid, typ: 'JWT', ...header }, toKeyObject(privateKey));
}

/** Signed with the attacker's key. */
export function foreign(forge: Forge, header: Header): string {
  const claims = JSON.stringify(goodClaims(forge));
  return assemble(claims, { alg: 'RS256', typ: 'JWT', ...header }, forge.attacker.privateKey);
}

/** Signed with a text that is no secret. */
export function hmac(forge: Forge, secret: string | Buffer): string {
  const input = `${encode({ alg: 'HS256', kid: forge.issuer.kid })}.${encode(goodClaims(forge))}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** A good token that was changed after it was signed. */
export function changed(forge: Forge, change: (parts: Parts) => readonly string[]): string {
  const [header = '', claims = '', signature = ''] = signed(forge).split('.');
  return change([header, claims, signature]).join('.');
}

export function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The same bytes in another spelling: 256 bytes leave bits of the last character unused. */
export function withSurplusBits(base64url: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(base64url.at(-1) ?? '');
  return `${base64url.slice(0, -1)}${alphabet[last + 1]}`;
}

export function toKeyObject(key: webcrypto.CryptoKey | KeyObject): KeyObject {
  return key instanceof KeyObject ? key : KeyObject.from(key);
}

/** Each of them is a good signature of its kind. */
const SIGNERS: Readonly<Record<string, (input: Buffer, key: KeyObject) => Buffer>> = {
  RS256: (input, key) => sign('sha256', input, key),
  RS512: (input, key) => sign('sha512', input, key),
  PS256: (input, key) =>
    sign('sha256', input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
};

function assemble(claims: string, header: Header, key: KeyObject): string {
  const input = `${encode(header)}.${Buffer.from(claims).toString('base64url')}`;
  const signer = SIGNERS[String(header.alg)];
  if (!signer) throw new Error(`Expected a signer of ${String(header.alg)}.`);
  return `${input}.${signer(Buffer.from(input), key).toString('base64url')}`;
}
