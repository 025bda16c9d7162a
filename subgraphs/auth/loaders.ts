import DataLoader from 'dataloader';
import type { Auth } from '#domain/auth/auth.ts';
import { readProfiles } from '#domain/auth/readProfile.ts';
import type { Profile } from '#domain/auth/user.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';

/** DynamoDB's BatchGetItem takes no more. */
const MAX_BATCH_SIZE = 100;

/** Reads the users of one request together, as this viewer may see them. */
export function createProfileLoader(
  auth: Auth,
  viewer: Viewer | null,
): DataLoader<string, Profile> {
  return new DataLoader((userIds) => readProfiles(auth, viewer, userIds), {
    maxBatchSize: MAX_BATCH_SIZE,
  });
}
