/**
 * The auth table's keys.
 *
 * USER#<userId> / USER                  a user       EMAIL#<e-mail address> / EMAIL   whose it is
 * USER#<userId> / SESSION#<sessionId>   a session    ATTEMPTS#<name> / ATTEMPTS       a counter
 *
 * `USER` sorts after every `SESSION#…`, so that a partition read backwards gives the user first and
 * then the newest sessions.
 */
const SESSION_PREFIX = 'SESSION#';

export interface Key {
  readonly PK: string;
  readonly SK: string;
}

export function userKey(userId: string): Key {
  return { PK: `USER#${userId}`, SK: 'USER' };
}

export function sessionKey(userId: string, sessionId: string): Key {
  return { PK: `USER#${userId}`, SK: `${SESSION_PREFIX}${sessionId}` };
}

export function isSessionSortKey(sortKey: string): boolean {
  return sortKey.startsWith(SESSION_PREFIX);
}

export function emailKey(email: string): Key {
  return { PK: `EMAIL#${email}`, SK: 'EMAIL' };
}

export function attemptsKey(name: string): Key {
  return { PK: `ATTEMPTS#${name}`, SK: 'ATTEMPTS' };
}
