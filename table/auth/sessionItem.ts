import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Session } from '#domain/auth/session.ts';
import { isSessionSortKey, sessionKey } from './keys.ts';
import type { Item } from './userItem.ts';

/** `ttl` is the table's time to live attribute: rows that are over their time vanish by themselves. */
interface SessionItem extends Omit<Session, 'expiresAtSeconds'> {
  readonly ttl: number;
}

export function toSessionItem({ expiresAtSeconds: ttl, ...session }: Session): Item {
  return marshall({ ...sessionKey(session.userId, session.id), ...session, ttl });
}

export function readSession(item: Item): Session {
  const { PK, SK, ttl, ...session } = unmarshall(item) as SessionItem & { PK: string; SK: string };
  return { ...session, expiresAtSeconds: ttl };
}

export function isSessionItem({ SK }: Item): boolean {
  return isSessionSortKey(SK?.S ?? '');
}
