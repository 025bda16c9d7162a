import { epochSeconds } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import type { Auth } from './auth.ts';
import { requireLiveSession } from './liveSession.ts';

/**
 * Ends one session of the viewer.
 * @throws UNAUTHENTICATED; NOT_FOUND when the viewer has no such live session
 */
export async function revokeSession(
  auth: Auth,
  viewer: Viewer | null,
  sessionId: string,
): Promise<true> {
  const { user } = await requireLiveSession(auth, viewer);
  const nowSeconds = epochSeconds(auth.clock());
  const { id: userId, sessionGeneration: generation } = user;
  const isEnded =
    isUlid(sessionId) &&
    (await auth.sessions.endLive({ userId, sessionId, generation, nowSeconds }));
  if (isEnded) return true;
  throw new MemopadError('NOT_FOUND', 'Expected the id of a session of yours that lives.');
}
