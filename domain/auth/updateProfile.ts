import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import type { Auth } from './auth.ts';
import { readDisplayName } from './displayName.ts';
import { sessionEnded } from './liveSession.ts';
import { ownProfile, type Profile } from './user.ts';

/**
 * Changes what others see of the viewer.
 * @throws UNAUTHENTICATED, BAD_USER_INPUT
 */
export async function updateProfile(
  auth: Auth,
  viewer: Viewer | null,
  displayName: string,
): Promise<Profile> {
  const { userId } = requireViewer(viewer);
  const user = await auth.users.rename(userId, readDisplayName(displayName));
  if (!user) throw sessionEnded();
  return ownProfile(user);
}
