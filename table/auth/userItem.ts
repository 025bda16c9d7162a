import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Profile, User } from '#domain/auth/user.ts';
import { userKey } from './keys.ts';

export type Item = Record<string, AttributeValue>;

export function toUserItem(user: User): Item {
  return marshall({ ...userKey(user.id), ...user });
}

export function readUser(item: Item): User {
  const { id, email, displayName, createdAt, passwordHash, sessionGeneration } = unmarshall(
    item,
  ) as User;
  return { id, email, displayName, createdAt, passwordHash, sessionGeneration };
}

/** What is read of a user for others: never the password's hash. */
export const PROFILE_ATTRIBUTES = 'id, email, displayName, createdAt';

export function readProfile(item: Item): Profile {
  const { id, email, displayName, createdAt } = unmarshall(item) as Profile;
  return { id, email, displayName, createdAt };
}
