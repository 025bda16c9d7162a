import type DataLoader from 'dataloader';
import type { Auth } from '#domain/auth/auth.ts';
import type { Profile } from '#domain/auth/user.ts';
import type { ClientInfo, SubgraphRequest } from '#domain/viewer/subgraphRequest.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { allowOnce } from './credentialOperation.ts';
import { createProfileLoader } from './loaders.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly auth: Auth;
  readonly viewer: Viewer | null;
  readonly client: ClientInfo;
  /** Batches the reads of other services' references to users. */
  readonly profiles: DataLoader<string, Profile>;
  /** Called by every operation that tries a secret. @throws BAD_USER_INPUT the second time */
  readonly claimCredentialOperation: () => void;
}

export function createContext(
  auth: Auth,
  viewer: Viewer | null,
  { client }: SubgraphRequest,
): Context {
  return {
    auth,
    viewer,
    client,
    profiles: createProfileLoader(auth, viewer),
    claimCredentialOperation: allowOnce(),
  };
}
