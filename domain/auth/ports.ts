import type { Session } from './session.ts';
import type { AttemptCounter, ThrottlePolicy } from './throttle.ts';
import type { Profile, User } from './user.ts';

/** What table/auth offers. Reads see every write that was acknowledged before, but for `findProfiles`. */
export interface UserStore {
  /** Keeps a new user; false, and nothing is kept, when the e-mail address has a user already. */
  create(user: User): Promise<boolean>;
  findIdByEmail(emailKey: string): Promise<string | null>;
  find(userId: string): Promise<User | null>;
  /** Those of at most 100 users who are there, in one read that may be a moment behind. */
  findProfiles(userIds: readonly string[]): Promise<ReadonlyMap<string, Profile>>;
  /** The user with the new name; null when there is no such user. */
  rename(userId: string, displayName: string): Promise<User | null>;
  /** Sets a hash of the same password, unless the password was changed in the meantime. */
  rehash(user: User, passwordHash: string): Promise<void>;
  /** Sets a hash and ends every session; false when the password or the generation was changed in the meantime. */
  changePassword(user: User, passwordHash: string): Promise<boolean>;
  /** Ends every session of the user. */
  raiseSessionGeneration(userId: string): Promise<void>;
}

export interface SessionStore {
  create(session: Session): Promise<void>;
  /** A session with its user; null when one of them isn't there. */
  find(userId: string, sessionId: string): Promise<UserSession | null>;
  /** The user and the newest of their rows, expired and ended ones included; null without a user. */
  list(userId: string): Promise<UserSessions | null>;
  /** Keeps the session as it is after a refresh; false when the secret it replaces isn't the newest any more. */
  rotate(session: Session, replacedHash: string): Promise<boolean>;
  /** Ends a session; one that isn't there is fine. */
  end(userId: string, sessionId: string): Promise<void>;
  /** Ends a session that is live at this time and of this generation; false when there is none. */
  endLive(live: LiveSessionKey): Promise<boolean>;
}

export interface UserSession {
  readonly user: User;
  readonly session: Session;
}

export interface UserSessions {
  readonly user: User;
  readonly sessions: readonly Session[];
}

export interface LiveSessionKey {
  readonly userId: string;
  readonly sessionId: string;
  readonly generation: number;
  readonly nowSeconds: number;
}

/** Counts attempts, so that parallel ones can't slip by: to count and to decide is one conditional write. */
export interface AttemptStore {
  /** Counts an attempt and gives null, or counts nothing and gives the counter that is in the way. */
  count(name: string, policy: ThrottlePolicy, nowMs: number): Promise<AttemptCounter | null>;
  /** Takes one attempt back. */
  giveBack(name: string): Promise<void>;
  /** Forgets every attempt. */
  clear(name: string): Promise<void>;
}
