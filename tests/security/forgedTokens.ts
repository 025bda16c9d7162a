import { randomBytes } from 'node:crypto';
import { createUlid } from '#domain/viewer/ulid.ts';
import {
  changed,
  encode,
  type Forge,
  foreign,
  goodClaims,
  hmac,
  signed,
  signedText,
  toKeyObject,
  withSurplusBits,
} from './tokenForge.ts';

/** Makes the whole value of an `Authorization` header. */
export type ForgeHeader = (forge: Forge) => string;
type Table = Readonly<Record<string, ForgeHeader>>;

const VICTIM = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** What every door takes. */
export const goodHeader: ForgeHeader = (forge) => `Bearer ${signed(forge)}`;

/** Headers that are no bearer token, or more than one. */
const MALFORMED_HEADERS: Table = {
  'a scheme without a token': () => 'Bearer',
  'a good token without a scheme': (forge) => signed(forge),
  'a good token in another scheme': (forge) => `Basic ${signed(forge)}`,
  'two Authorization headers': (forge) => `${goodHeader(forge)}, ${goodHeader(forge)}`,
  'two tokens': (forge) => `${goodHeader(forge)} ${signed(forge)}`,
};

const MALFORMED_TOKENS: Table = {
  'a text that is no JWT': () => 'junk',
  'dots alone': () => '..',
  'two parts': (forge) => changed(forge, ([header, claims]) => [header, claims]),
  'four parts': (forge) => changed(forge, (parts) => [...parts, 'e30']),
  'five parts, as of an encrypted token': (forge) =>
    changed(forge, (parts) => [...parts, 'e30', 'e30']),
  'a truncated signature': (forge) => signed(forge).slice(0, -8),
  'truncated claims': (forge) =>
    changed(forge, ([header, claims, signature]) => [header, claims.slice(0, -4), signature]),
  'no signature': (forge) => changed(forge, ([header, claims]) => [header, claims, '']),
  padding: (forge) => `${signed(forge)}==`,
  'a character that is not base64url': (forge) =>
    changed(forge, ([header, claims, signature]) => [header, claims, `!${signature}`]),
  'the alphabet of plain base64': (forge) =>
    changed(forge, ([header, claims, signature]) => {
      const bytes = Buffer.from(signature, 'base64url');
      return [header, claims, bytes.toString('base64')];
    }),
  'surplus bits in the signature': (forge) =>
    changed(forge, ([header, claims, signature]) => [header, claims, withSurplusBits(signature)]),
  '8 KB': (forge) => signed(forge, { filler: 'x'.repeat(6_000) }),
  'claims that are a text': (forge) => signedText(forge, '"claims"'),
  'claims that are a list': (forge) => signedText(forge, '[]'),
  'claims that are no JSON': (forge) => signedText(forge, '{"sub":'),
  'a claim twice': (forge) =>
    signedText(forge, `{"sub":"${VICTIM}",${JSON.stringify(goodClaims(forge)).slice(1)}`),
  'a refresh token': ({ now }) => {
    const id = createUlid(now * 1000, randomBytes);
    return [id, id, 'a'.repeat(43), 'b'.repeat(43)].join('.');
  },
};

/** Tokens that somebody else signed, or nobody, or in another way. */
const WRONG_SIGNATURES: Table = {
  'alg none': (forge) => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(goodClaims(forge))}.`,
  'alg None over a good signature': (forge) =>
    changed(forge, ([, claims, signature]) => [encode({ alg: 'None' }), claims, signature]),
  'HS256 with the public key as PEM': (forge) => {
    const publicKey = toKeyObject(forge.issuer.publicKey);
    return hmac(forge, publicKey.export({ type: 'spki', format: 'pem' }));
  },
  'HS256 with the public key as JWK': (forge) => {
    const publicKey = toKeyObject(forge.issuer.publicKey);
    return hmac(forge, JSON.stringify(publicKey.export({ format: 'jwk' })));
  },
  'HS256 with an empty secret': (forge) => hmac(forge, ''),
  'RS512 with the right key': (forge) => signed(forge, {}, { alg: 'RS512' }),
  'PS256 with the right key': (forge) => signed(forge, {}, { alg: 'PS256' }),
  "a foreign key under the issuer's kid": (forge) => foreign(forge, { kid: forge.issuer.kid }),
  'a foreign key without a kid': (forge) => foreign(forge, {}),
  'a foreign key under an unknown kid': (forge) => foreign(forge, { kid: 'unknown' }),
  'the right key under an unknown kid': (forge) => signed(forge, {}, { kid: 'unknown' }),
  'an embedded jwk': (forge) =>
    foreign(forge, { kid: forge.issuer.kid, jwk: forge.attacker.publicJwk }),
  'an embedded jwk without a kid': (forge) => foreign(forge, { jwk: forge.attacker.publicJwk }),
  'a jku to another host': (forge) =>
    foreign(forge, { kid: forge.issuer.kid, jku: forge.attacker.jwksUrl }),
  'an x5u to another host': (forge) =>
    foreign(forge, { kid: forge.issuer.kid, x5u: forge.attacker.jwksUrl }),
  'an unknown critical header': (forge) =>
    signed(forge, {}, { crit: ['memopad'], memopad: 'must be understood' }),
  'other claims under a good signature': (forge) =>
    changed(forge, ([header, , signature]) => {
      return [header, encode({ ...goodClaims(forge), sub: VICTIM }), signature];
    }),
};

/** Tokens with a good signature that say something wrong. */
const WRONG_CLAIMS: Table = {
  'expired long ago': (forge) => signed(forge, { iat: forge.now - 2_000, exp: forge.now - 1_000 }),
  'expired this second': (forge) => signed(forge, { iat: forge.now - 900, exp: forge.now }),
  'not yet valid': (forge) => signed(forge, { nbf: forge.now + 60 }),
  'issued in the future': (forge) => signed(forge, { iat: forge.now + 60 }),
  'an expiry that is a text': (forge) => signed(forge, { exp: String(forge.now + 900) }),
  'a subject that is a number': (forge) => signed(forge, { sub: 1 }),
  'an empty subject': (forge) => signed(forge, { sub: '' }),
  'an empty session': (forge) => signed(forge, { sid: '' }),
  'another audience': (forge) => signed(forge, { aud: 'another' }),
  'several audiences': (forge) => signed(forge, { aud: ['memopad', 'another'] }),
  'an audience in a list': (forge) => signed(forge, { aud: ['memopad'] }),
  'another issuer': (forge) => signed(forge, { iss: 'https://attacker.example' }),
  'the issuer with a trailing slash': (forge) => signed(forge, { iss: `${forge.issuer.url}/` }),
  'the issuer in a list': (forge) => signed(forge, { iss: [forge.issuer.url] }),
  ...tableOf(['exp', 'iat', 'sub', 'aud', 'iss', 'sid', 'jti', 'token_use'], (claim) => [
    `no ${claim}`,
    (forge) => signed(forge, { [claim]: undefined }),
  ]),
  ...tableOf(['id', 'refresh', 'share', 'watch', 'ACCESS'], (use) => [
    `token_use ${use}`,
    (forge) => signed(forge, { token_use: use }),
  ]),
};

/** The header of every access token that every door must refuse, by what is wrong with it. */
export const FORGED_HEADERS: Table = {
  ...MALFORMED_HEADERS,
  ...inHeaders(MALFORMED_TOKENS),
  ...inHeaders(WRONG_SIGNATURES),
  ...inHeaders(WRONG_CLAIMS),
};

function inHeaders(tokens: Table): Table {
  return tableOf(Object.entries(tokens), ([name, forgeToken]) => [
    name,
    (forge) => `Bearer ${forgeToken(forge)}`,
  ]);
}

function tableOf<Row>(rows: readonly Row[], toEntry: (row: Row) => [string, ForgeHeader]): Table {
  return Object.fromEntries(rows.map(toEntry));
}
