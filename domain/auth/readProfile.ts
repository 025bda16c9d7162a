import { isUlid } from '#domain/viewer/ulid.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import type { Auth } from './auth.ts';
import { missingProfile, ownProfile, type Profile } from './user.ts';

/** The viewer's own profile; null for nobody, and for a user who is gone. */
export async function readOwnProfile(auth: Auth, viewer: Viewer | null): Promise<Profile | null> {
  const user = viewer && (await auth.users.find(viewer.userId));
  return user && ownProfile(user);
}

/** What this viewer may see of each of at most 100 users, in the order of their ids. */
export async function readProfiles(
  auth: Auth,
  viewer: Viewer | null,
  userIds: readonly string[],
): Promise<Profile[]> {
  const profiles = await auth.users.findProfiles(userIds.filter(isUlid));
  return userIds.map((id) => {
    const profile = profiles.get(id) ?? missingProfile(id);
    return id === viewer?.userId ? profile : { ...profile, email: null };
  });
}
