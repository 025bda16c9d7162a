import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import type { Auth } from './auth.ts';
import { isLive } from './session.ts';

/** What a user sees of a session. */
export interface SessionView {
  readonly id: string;
  /** Whether the request's own access token belongs to it. */
  readonly current: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly userAgent: string | null;
}

/**
 * The viewer's live sessions, last used first.
 * @throws UNAUTHENTICATED
 */
export async function listSessions(
  auth: Auth,
  viewer: Viewer | null,
): Promise<readonly SessionView[]> {
  const { userId, sessionId } = requireViewer(viewer);
  const found = await auth.sessions.list(userId);
  if (!found) return [];
  return found.sessions
    .filter((session) => isLive(session, found.user, auth.clock()))
    .sort((one, other) => other.lastUsedAt.localeCompare(one.lastUsedAt))
    .map(({ id, createdAt, lastUsedAt, userAgent }) => {
      return { id, current: id === sessionId, createdAt, lastUsedAt, userAgent };
    });
}
