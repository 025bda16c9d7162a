import { epochSeconds } from '#domain/clock.ts';
import type { User } from './user.ts';

/** A session that is not used for this long ends. */
export const SESSION_IDLE_SECONDS = 30 * 24 * 60 * 60;
/** A session ends after this long, however much it is used. */
export const SESSION_LIFETIME_SECONDS = 180 * 24 * 60 * 60;

/** One sign-in on one device: a family of refresh tokens (RFC 9700 section 4.14.2). */
export interface Session {
  readonly userId: string;
  /** A ULID, the `sid` of the session's access tokens. */
  readonly id: string;
  /** The user's `sessionGeneration` when the session was started. */
  readonly generation: number;
  /** ISO 8601, UTC, like `lastUsedAt`. */
  readonly createdAt: string;
  readonly lastUsedAt: string;
  /** Seconds since 1970; from then on the session is gone, whether or not its row still is there. */
  readonly expiresAtSeconds: number;
  readonly userAgent: string | null;
  /** Hash of the secret that every refresh token of the session carries. */
  readonly familyHash: string;
  /** Hash of the secret that only the newest refresh token carries. */
  readonly secretHash: string;
  /** The refresh token before the newest one, when there was one. */
  readonly predecessor: Predecessor | null;
}

export interface Predecessor {
  readonly secretHash: string;
  /** When it was used. ISO 8601, UTC. */
  readonly usedAt: string;
  /** The newest secret, to be opened with the predecessor's (successorSeal.ts). */
  readonly sealedSuccessor: string;
}

/** When a session that was started and last used at these times ends, in seconds since 1970. */
export function sessionExpiry(createdAtMs: number, lastUsedAtMs: number): number {
  return Math.min(
    epochSeconds(lastUsedAtMs) + SESSION_IDLE_SECONDS,
    epochSeconds(createdAtMs) + SESSION_LIFETIME_SECONDS,
  );
}

/** Whether a session is neither over its time nor ended with all the others of its generation. */
export function isLive(session: Session, user: User, nowMs: number): boolean {
  return (
    session.generation === user.sessionGeneration && epochSeconds(nowMs) < session.expiresAtSeconds
  );
}
