import { randomBytes as systemRandomBytes } from 'node:crypto';
import { createAccessTokenIssuer } from '#domain/auth/accessTokenIssuer.ts';
import type { Auth } from '#domain/auth/auth.ts';
import { createPasswordHasher, type PasswordCost } from '#domain/auth/passwordHash.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import { checkPolicies, THROTTLE_POLICIES, type ThrottlePolicies } from '#domain/auth/throttle.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { VerifyAuthorization } from '#domain/viewer/accessToken.ts';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import type { RandomBytes } from '#domain/viewer/ulid.ts';
import { authSdl } from '#schema/generated/sdl.ts';
import { createSubgraph } from '#subgraphs/subgraph.ts';
import { createAttemptStore } from '#table/auth/attemptStore.ts';
import { createSessionStore } from '#table/auth/sessionStore.ts';
import { createUserStore } from '#table/auth/userStore.ts';
import { checkTable } from '#table/checkTable.ts';
import type { Table } from '#table/dynamoDb.ts';
import { createContext } from './context.ts';
import { createAuthHttp } from './http.ts';
import { resolvers } from './resolvers.ts';

export interface AuthServiceOptions {
  readonly table: Table;
  /** The `iss` of access tokens: the origin where `http` is served, without a trailing slash. */
  readonly issuer: string;
  readonly signingKey: SigningKey;
  readonly verify: VerifyAuthorization;
  /** How often passwords may be guessed and accounts be made: THROTTLE_POLICIES when left out. */
  readonly throttle?: ThrottlePolicies;
  /** What a password hash costs: PASSWORD_COST when left out. */
  readonly passwordCost?: PasswordCost;
  readonly clock?: Clock;
  readonly randomBytes?: RandomBytes;
  readonly log: Log;
}

export interface AuthService {
  readonly subgraph: Subgraph;
  /** Discovery, keys, `/sessions`, `/token` and `/health`: to be served at the issuer's URL. */
  readonly http: HttpHandler;
}

export function createAuthService(options: AuthServiceOptions): AuthService {
  const { table, issuer, signingKey, verify, log } = options;
  const auth = createAuth(options);
  return {
    subgraph: createSubgraph({
      sdl: authSdl,
      resolvers,
      verify,
      createContext: (viewer, request) => createContext(auth, viewer, request),
      log,
    }),
    http: createAuthHttp({ auth, issuer, signingKey, checkHealth: () => checkTable(table) }),
  };
}

function createAuth(options: AuthServiceOptions): Auth {
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
