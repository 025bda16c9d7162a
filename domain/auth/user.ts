import { isoTime } from '#domain/clock.ts';
import { isUlid, ulidTime } from '#domain/viewer/ulid.ts';

/** A person with an account, as it is kept. Never leaves the service: others see a profile. */
export interface User {
  /** A ULID, also the id of the user's personal pad. */
  readonly id: string;
  /** As it was given; compared by its key (email.ts). */
  readonly email: string;
  readonly displayName: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** A PHC string (passwordHash.ts). */
  readonly passwordHash: string;
  /** Raised to end every session at once: a session of an older generation is over. */
  readonly sessionGeneration: number;
}

/** What is told of a user. */
export interface Profile {
  readonly id: string;
  readonly displayName: string;
  /** Only for the user themself. */
  readonly email: string | null;
  readonly createdAt: string;
}

/** Everything a user may see of themself. */
export function ownProfile({ id, displayName, email, createdAt }: User): Profile {
  return { id, displayName, email, createdAt };
}

/** What takes the place of a user who isn't there, so that a missing user never nulls a list. */
export function missingProfile(id: string): Profile {
  const createdAt = isoTime(isUlid(id) ? ulidTime(id) : 0);
  return { id, displayName: '', email: null, createdAt };
}
