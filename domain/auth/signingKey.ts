import type { JWK } from 'jose';

/** The one seam to the key that signs access tokens: a file on a laptop, KMS in the cloud. */
export interface SigningKey {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  /** Every key verifiers shall accept, this one included: `{kty, n, e, alg, use, kid}`. */
  readonly published: readonly JWK[];
  /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3) over `data`. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}
