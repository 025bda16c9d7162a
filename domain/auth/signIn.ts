import { MemopadError } from '#domain/errors.ts';
import type { ClientInfo } from '#domain/viewer/subgraphRequest.ts';
import { countPasswordAttempt } from './attempt.ts';
import type { Auth } from './auth.ts';
import { type Email, parseEmail } from './email.ts';
import { normalizePassword } from './password.ts';
import { type SignedIn, startSession } from './startSession.ts';
import type { User } from './user.ts';

export interface SignInInput {
  readonly email: string;
  readonly password: string;
}

/** No user has it: what is read for an unknown account, so that it takes as long as a known one. */
const NOBODY = '00000000000000000000000000';

/**
 * Starts a session. An unknown address and a wrong password take the same work and get the same answer.
 * @throws BAD_USER_INPUT, UNAUTHENTICATED, RATE_LIMITED
 */
export async function signIn(
  auth: Auth,
  input: SignInInput,
  client: ClientInfo,
): Promise<SignedIn> {
  const email = parseEmail(input.email);
  const password = normalizePassword(input.password);
  const [attempt, user] = await Promise.all([
    countPasswordAttempt(auth, email, client),
    findByEmail(auth, email),
  ]);
  const hash = user?.passwordHash ?? auth.passwords.decoy;
  const isRight = await auth.passwords.matches(password, hash);
  if (!user || !isRight) {
    throw new MemopadError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
  }
  const [signedIn] = await Promise.all([
    startSession(auth, user, client),
    attempt.succeeded(),
    renewHash(auth, user, password),
  ]);
  return signedIn;
}

async function findByEmail({ users }: Auth, { key }: Email): Promise<User | null> {
  return users.find((await users.findIdByEmail(key)) ?? NOBODY);
}

/** Only now is the password at hand: hashes follow the cost as it grows. */
async function renewHash({ passwords, users }: Auth, user: User, password: string): Promise<void> {
  if (!passwords.isOutdated(user.passwordHash)) return;
  await users.rehash(user, await passwords.hash(password));
}
