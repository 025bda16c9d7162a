import { ulidBytes } from '#domain/viewer/ulid.ts';

/** T<padId>: a ulid in 22 characters instead of 26, for a push to 1,000 watchers reads this 1,000 times. */
export const watchersKey = (padId: string): string =>
  `T${Buffer.from(ulidBytes(padId)).toString('base64url')}`;
