import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import type { Auth } from './auth.ts';

/**
 * Ends the session that the access token belongs to; one that has ended already is fine.
 * @throws UNAUTHENTICATED
 */
export async function signOut(auth: Auth, viewer: Viewer | null): Promise<true> {
  const { userId, sessionId } = requireViewer(viewer);
  await auth.sessions.end(userId, sessionId);
  return true;
}
