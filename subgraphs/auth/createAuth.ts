import { randomBytes as systemRandomBytes } from 'node:crypto';
import { createAccessTokenIssuer } from '#domain/auth/accessTokenIssuer.ts';
import type { Auth } from '#domain/auth/auth.ts';
import { createPasswordHasher, type PasswordCost } from '#domain/auth/passwordHash.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import { checkPolicies, THROTTLE_POLICIES, type ThrottlePolicies } from '#domain/auth/throttle.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { RandomBytes } from '#domain/viewer/ulid.ts';
import { createAttemptStore } from '#table/auth/attemptStore.ts';
import { createSessionStore } from '#table/auth/sessionStore.ts';
import { createUserStore } from '#table/auth/userStore.ts';
import type { Table } from '#table/dynamoDb.ts';

export interface AuthOptions {
  readonly table: Table;
  /** The `iss` of access tokens: the origin where the service's HTTP side is served, without a trailing slash. */
  readonly issuer: string;
  readonly signingKey: SigningKey;
  /** How often passwords may be guessed and accounts be made: THROTTLE_POLICIES when left out. */
  readonly throttle?: ThrottlePolicies;
  /** What a password hash costs: PASSWORD_COST when left out. */
  readonly passwordCost?: PasswordCost;
  readonly clock?: Clock;
  readonly randomBytes?: RandomBytes;
  readonly log: Log;
}

/** What both sides of the service share: the domain's ports over its table. It knows nothing of GraphQL, so that a function without it starts sooner. */
export function createAuth(options: AuthOptions): Auth {
  const { table, issuer, signingKey, log, throttle = THROTTLE_POLICIES, passwordCost } = options;
  const { clock = Date.now, randomBytes = systemRandomBytes } = options;
  return {
    users: createUserStore(table),
    sessions: createSessionStore(table),
    attempts: createAttemptStore(table),
    throttle: checkPolicies(throttle),
    passwords: createPasswordHasher({ cost: passwordCost, randomBytes }),
    issueAccessToken: createAccessTokenIssuer({ issuer, signingKey, clock, randomBytes }),
    clock,
    randomBytes,
    log,
  };
}
