import { isoTime } from '#domain/clock.ts';
import type { ClientInfo } from '#domain/viewer/subgraphRequest.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { Auth } from './auth.ts';
import { createSecret, formatRefreshToken, hashSecret, type RefreshToken } from './refreshToken.ts';
import { type Session, sessionExpiry } from './session.ts';
import { ownProfile, type Profile, type User } from './user.ts';
import { readUserAgent } from './userAgent.ts';

/** What a sign-up, sign-in, refresh or password change gives. */
export interface SignedIn {
  readonly user: Profile;
  /** A JWT (RS256). */
  readonly accessToken: string;
  /** When the access token expires. ISO 8601, UTC. */
  readonly expiresAt: string;
  /** The only copy: what is kept is hashes. */
  readonly refreshToken: string;
}

/** Starts a session of a user who has just proved who they are. */
export async function startSession(auth: Auth, user: User, client: ClientInfo): Promise<SignedIn> {
  const refreshToken = createFamily(auth, user);
  await auth.sessions.create(createSession(auth, user, client, refreshToken));
  return signedIn(auth, user, refreshToken);
}

/** The answer to whoever holds this refresh token: its own text and a new access token. */
export async function signedIn(
  auth: Auth,
  user: User,
  refreshToken: RefreshToken,
): Promise<SignedIn> {
  const { userId, sessionId } = refreshToken;
  const { token, expiresAt } = await auth.issueAccessToken({ userId, sessionId });
  return {
    user: ownProfile(user),
    accessToken: token,
    expiresAt,
    refreshToken: formatRefreshToken(refreshToken),
  };
}

function createFamily({ clock, randomBytes }: Auth, user: User): RefreshToken {
  return {
    userId: user.id,
    sessionId: createUlid(clock(), randomBytes),
    familySecret: createSecret(randomBytes),
    secret: createSecret(randomBytes),
  };
}

function createSession(
  { clock }: Auth,
  user: User,
  client: ClientInfo,
  refreshToken: RefreshToken,
): Session {
  const nowMs = clock();
  return {
    userId: user.id,
    id: refreshToken.sessionId,
    generation: user.sessionGeneration,
    createdAt: isoTime(nowMs),
    lastUsedAt: isoTime(nowMs),
    expiresAtSeconds: sessionExpiry(nowMs, nowMs),
    userAgent: readUserAgent(client.userAgent),
    familyHash: hashSecret(refreshToken.familySecret),
    secretHash: hashSecret(refreshToken.secret),
    predecessor: null,
  };
}
