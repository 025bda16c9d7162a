import { MemopadError } from '#domain/errors.ts';
import type { ClientInfo } from '#domain/viewer/subgraphRequest.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { countPasswordAttempt } from './attempt.ts';
import type { Auth } from './auth.ts';
import { parseEmail } from './email.ts';
import { requireLiveSession, sessionEnded } from './liveSession.ts';
import { normalizePassword, readNewPassword } from './password.ts';
import { type SignedIn, startSession } from './startSession.ts';

export interface ChangePasswordInput {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/**
 * Sets a new password, ends every session and starts a new one. Guesses at the current password
 * count like those at sign-in.
 * @throws UNAUTHENTICATED, BAD_USER_INPUT, RATE_LIMITED
 */
export async function changePassword(
  auth: Auth,
  viewer: Viewer | null,
  input: ChangePasswordInput,
  client: ClientInfo,
): Promise<SignedIn> {
  const currentPassword = normalizePassword(input.currentPassword);
  const { user } = await requireLiveSession(auth, viewer);
  const newPassword = readNewPassword(input.newPassword, user.email);
  const attempt = await countPasswordAttempt(auth, parseEmail(user.email), client);
  if (!(await auth.passwords.matches(currentPassword, user.passwordHash))) {
    throw new MemopadError('UNAUTHENTICATED', 'The current password is wrong.');
  }
  const passwordHash = await auth.passwords.hash(newPassword);
  if (!(await auth.users.changePassword(user, passwordHash))) throw sessionEnded();
  const changed = { ...user, passwordHash, sessionGeneration: user.sessionGeneration + 1 };
  const [signedIn] = await Promise.all([startSession(auth, changed, client), attempt.succeeded()]);
  return signedIn;
}
