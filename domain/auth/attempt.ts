import { createHash } from 'node:crypto';
import { MemopadError } from '#domain/errors.ts';
import type { ClientInfo } from '#domain/viewer/subgraphRequest.ts';
import type { Auth } from './auth.ts';
import type { Email } from './email.ts';
import { sourceName } from './sourceName.ts';
import { secondsToWait, type ThrottlePolicy } from './throttle.ts';

/** A password guess that was counted before the password is looked at. */
export interface PasswordAttempt {
  /** The guess was right: the account's attempts are forgotten and the source has its attempt back. */
  succeeded(): Promise<void>;
}

/**
 * Counts a password guess, first for where it comes from, so that a source that is refused can't
 * lock an account, then for the account, whether or not there is one.
 * @throws RATE_LIMITED with `retryAfterSeconds`
 */
export async function countPasswordAttempt(
  auth: Auth,
  email: Email,
  client: ClientInfo,
): Promise<PasswordAttempt> {
  const { passwordByAccount, passwordBySource } = auth.throttle;
  const source = `PASSWORD#SOURCE#${sourceName(client.sourceIp)}`;
  const account = `PASSWORD#ACCOUNT#${accountName(email)}`;
  await count(auth, source, passwordBySource);
  await count(auth, account, passwordByAccount);
  return {
    async succeeded() {
      await Promise.all([auth.attempts.clear(account), auth.attempts.giveBack(source)]);
    },
  };
}

/**
 * Counts a sign-up for where it comes from.
 * @throws RATE_LIMITED with `retryAfterSeconds`
 */
export async function countSignUp(auth: Auth, client: ClientInfo): Promise<void> {
  const source = `SIGN_UP#SOURCE#${sourceName(client.sourceIp)}`;
  await count(auth, source, auth.throttle.signUpBySource);
}

/** Hashed: a row is made for whatever address is tried, and whose it is is nobody's business. */
function accountName({ key }: Email): string {
  return createHash('sha256').update(key).digest('base64url');
}

async function count(auth: Auth, name: string, policy: ThrottlePolicy): Promise<void> {
  const nowMs = auth.clock();
  const inTheWay = await auth.attempts.count(name, policy, nowMs);
  if (!inTheWay) return;
  const retryAfterSeconds = Math.max(1, secondsToWait(inTheWay, policy, nowMs));
  throw new MemopadError(
    'RATE_LIMITED',
    `Expected fewer attempts. Try again in ${retryAfterSeconds} seconds.`,
    { retryAfterSeconds },
  );
}
