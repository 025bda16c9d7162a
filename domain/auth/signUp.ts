import { isoTime } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import type { ClientInfo } from '#domain/viewer/subgraphRequest.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { countSignUp } from './attempt.ts';
import type { Auth } from './auth.ts';
import { readDisplayName } from './displayName.ts';
import { parseEmail } from './email.ts';
import { readNewPassword } from './password.ts';
import { type SignedIn, startSession } from './startSession.ts';

export interface SignUpInput {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
}

/**
 * Makes a user and starts their first session.
 * @throws BAD_USER_INPUT, RATE_LIMITED; CONFLICT when the e-mail address has a user
 */
export async function signUp(
  auth: Auth,
  input: SignUpInput,
  client: ClientInfo,
): Promise<SignedIn> {
  const email = parseEmail(input.email);
  const password = readNewPassword(input.password, email.address);
  const displayName = readDisplayName(input.displayName);
  await countSignUp(auth, client);
  const user = {
    id: createUlid(auth.clock(), auth.randomBytes),
    email: email.address,
    displayName,
    createdAt: isoTime(auth.clock()),
    passwordHash: await auth.passwords.hash(password),
    sessionGeneration: 1,
  };
  if (!(await auth.users.create(user))) {
    throw new MemopadError(
      'CONFLICT',
      'Expected an e-mail address without an account, got one that has one. Sign in instead.',
    );
  }
  return startSession(auth, user, client);
}
