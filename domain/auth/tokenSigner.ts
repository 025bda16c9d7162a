import { ACCESS_TOKEN_ALGORITHM } from '#domain/viewer/accessToken.ts';
import type { SigningKey } from './signingKey.ts';

export interface TokenSignerOptions {
  /** An origin such as `https://auth.example.com`: verifiers compare it to the letter. */
  readonly issuer: string;
  readonly signingKey: SigningKey;
  /** The header `typ`. */
  readonly tokenType: 'JWT' | 'at+jwt';
}

/** Makes a JWT in compact form (RFC 7519) of claims, to which it adds `iss`. */
export type SignToken = (claims: Readonly<Record<string, unknown>>) => Promise<string>;

/** Writes the JWS by hand around `sign(bytes)`, because the private key may be one that never leaves KMS. */
export function createTokenSigner(options: TokenSignerOptions): SignToken {
  const { issuer, signingKey, tokenType } = options;
  checkIssuer(issuer);
  const header = encode({ alg: ACCESS_TOKEN_ALGORITHM, kid: signingKey.kid, typ: tokenType });
  return async (claims) => {
    const input = `${header}.${encode({ iss: issuer, ...claims })}`;
    const signature = await signingKey.sign(Buffer.from(input));
    return `${input}.${Buffer.from(signature).toString('base64url')}`;
  };
}

function checkIssuer(issuer: string): void {
  if (URL.canParse(issuer) && new URL(issuer).origin === issuer) return;
  throw new TypeError(
    `Expected an issuer like https://auth.example.com, without path or trailing slash, got ${issuer}.`,
  );
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
