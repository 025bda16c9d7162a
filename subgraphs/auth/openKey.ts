import { kmsSigningKey } from '#aws/kmsSigningKey.ts';
import type { Credentials } from '#aws/signature.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';

const KMS_TIMEOUT_MS = 3_000;

export interface KeyLocation {
  readonly region: string;
  readonly credentials: Credentials;
  readonly signingKeyArn: string;
  readonly kmsEndpoint: string | undefined;
}

/** Opens the key that signs tokens, where a function's environment says it is. */
export function openKey(location: KeyLocation): Promise<SigningKey> {
  const { region, credentials, signingKeyArn, kmsEndpoint: endpoint } = location;
  const timeoutMs = KMS_TIMEOUT_MS;
  const kms = createSignedClient({ service: 'kms', region, endpoint, credentials, timeoutMs });
  return kmsSigningKey(kms, signingKeyArn);
}
