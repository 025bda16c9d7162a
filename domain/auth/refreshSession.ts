import { isoTime } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import type { Auth } from './auth.ts';
import type { UserSession } from './ports.ts';
import {
  createSecret,
  hashSecret,
  isHashOf,
  parseRefreshToken,
  type RefreshToken,
} from './refreshToken.ts';
import { isLive, type Predecessor, type Session, sessionExpiry } from './session.ts';
import { type SignedIn, signedIn } from './startSession.ts';
import { openSuccessor, sealSuccessor } from './successorSeal.ts';

/** A response may be lost: for this long the token it answered gets the same successor again. */
const GRACE_MS = 30_000;

/**
 * Trades a refresh token for its successor and a new access token (RFC 9700 section 4.14.2).
 * Using a former token again ends the session, but for the grace window.
 * @throws UNAUTHENTICATED
 */
export async function refreshSession(
  auth: Auth,
  refreshToken: string | null | undefined,
): Promise<SignedIn> {
  if (typeof refreshToken !== 'string') {
    throw new MemopadError('UNAUTHENTICATED', 'Expected a refresh token, got none.');
  }
  const used = parseRefreshToken(refreshToken);
  if (!used) throw refusal();
  // Of two that use one token at once, the loser finds it used, and gets what the winner got.
  const answer = (await refresh(auth, used)) ?? (await refresh(auth, used));
  if (!answer) throw refusal();
  return answer;
}

/** Null when somebody else was faster. */
async function refresh(auth: Auth, used: RefreshToken): Promise<SignedIn | null> {
  const found = await auth.sessions.find(used.userId, used.sessionId);
  if (!found || !isLive(found.session, found.user, auth.clock())) throw refusal();
  const { user, session } = found;
  const use = judgeUse(session, used, auth.clock());
  switch (use.kind) {
    case 'NEWEST':
      return rotate(auth, found, used);
    case 'RETRIED': {
      const secret = openSuccessor(used, use.predecessor.sealedSuccessor);
      return signedIn(auth, user, { ...used, secret });
    }
    case 'REUSED':
      await auth.sessions.end(user.id, session.id);
      auth.log({
        level: 'warn',
        message: 'refresh token reused: session ended',
        userId: user.id,
        sessionId: session.id,
      });
      throw refusal();
    case 'FORGED':
      throw refusal();
  }
}

type Use =
  | { readonly kind: 'NEWEST' }
  | { readonly kind: 'RETRIED'; readonly predecessor: Predecessor }
  | { readonly kind: 'REUSED' }
  | { readonly kind: 'FORGED' };

/** What using this token means. Only who once got a token of the session knows its family secret. */
function judgeUse(session: Session, used: RefreshToken, nowMs: number): Use {
  const { predecessor } = session;
  if (!isHashOf(session.familyHash, used.familySecret)) return { kind: 'FORGED' };
  if (isHashOf(session.secretHash, used.secret)) return { kind: 'NEWEST' };
  if (!predecessor || !isHashOf(predecessor.secretHash, used.secret)) return { kind: 'REUSED' };
  const isInGrace = nowMs < Date.parse(predecessor.usedAt) + GRACE_MS;
  return isInGrace ? { kind: 'RETRIED', predecessor } : { kind: 'REUSED' };
}

async function rotate(
  auth: Auth,
  { user, session }: UserSession,
  used: RefreshToken,
): Promise<SignedIn | null> {
  const { clock, randomBytes } = auth;
  const nowMs = clock();
  const secret = createSecret(randomBytes);
  const rotated = {
    ...session,
    lastUsedAt: isoTime(nowMs),
    expiresAtSeconds: sessionExpiry(Date.parse(session.createdAt), nowMs),
    secretHash: hashSecret(secret),
    predecessor: {
      secretHash: session.secretHash,
      usedAt: isoTime(nowMs),
      sealedSuccessor: sealSuccessor(used, secret, randomBytes),
    },
  };
  const isOurs = await auth.sessions.rotate(rotated, session.secretHash);
  return isOurs ? signedIn(auth, user, { ...used, secret }) : null;
}

function refusal(): MemopadError {
  return new MemopadError(
    'UNAUTHENTICATED',
    'The refresh token was refused: it is not the newest one of a session that lives. Sign in again.',
  );
}
