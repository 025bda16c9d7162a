import { MemopadError } from '#domain/errors.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import type { Auth } from './auth.ts';
import type { UserSession } from './ports.ts';
import { isLive } from './session.ts';

/**
 * Demands more than a valid access token, which outlives its session by up to 15 minutes: that the
 * session itself still lives. For operations that take sessions or accounts over.
 * @throws UNAUTHENTICATED
 */
export async function requireLiveSession(auth: Auth, viewer: Viewer | null): Promise<UserSession> {
  const { userId, sessionId } = requireViewer(viewer);
  const found = await auth.sessions.find(userId, sessionId);
  if (found && isLive(found.session, found.user, auth.clock())) return found;
  throw sessionEnded();
}

export function sessionEnded(): MemopadError {
  return new MemopadError('UNAUTHENTICATED', 'The session has ended. Sign in again.');
}
