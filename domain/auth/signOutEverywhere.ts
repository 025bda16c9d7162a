import type { Viewer } from '#domain/viewer/viewer.ts';
import type { Auth } from './auth.ts';
import { requireLiveSession } from './liveSession.ts';

/**
 * Ends every session of the viewer in one write, those included that are being started right now.
 * @throws UNAUTHENTICATED
 */
export async function signOutEverywhere(auth: Auth, viewer: Viewer | null): Promise<true> {
  const { user } = await requireLiveSession(auth, viewer);
  await auth.users.raiseSessionGeneration(user.id);
  return true;
}
