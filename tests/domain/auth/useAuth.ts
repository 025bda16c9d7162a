import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach } from '@jest/globals';
import type { Auth } from '#domain/auth/auth.ts';
import { createPasswordHasher, type PasswordCost } from '#domain/auth/passwordHash.ts';
import { signUp } from '#domain/auth/signUp.ts';
import type { SignedIn } from '#domain/auth/startSession.ts';
import type { ThrottlePolicies, ThrottlePolicy } from '#domain/auth/throttle.ts';
import type { LogEntry } from '#domain/log.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { createAttemptStore } from '#table/auth/attemptStore.ts';
import { createSessionStore } from '#table/auth/sessionStore.ts';
import { createUserStore } from '#table/auth/userStore.ts';
import { AUTH_TABLE } from '#table/tables.ts';
import { type TestTable, useTable } from '#tests/support/engine.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';

/** What the tests of the auth service work on: its use cases over real tables, in a time that stands still. */
export interface TestAuth {
  readonly auth: Auth;
  readonly table: TestTable;
  readonly issuer: TestIssuer;
  /** Milliseconds since 1970. */
  nowMs: number;
  pass(seconds: number): void;
  /** What was logged in this test. */
  readonly logged: readonly LogEntry[];
}

export const CLIENT = { sourceIp: '203.0.113.5', userAgent: 'a test' };
export const PASSWORD = 'four unrelated plain words';
/** A hash in a millisecond instead of fifty: what it costs is no part of what most tests are about. */
export const CHEAP: PasswordCost = { memoryKib: 8, iterations: 1, parallelism: 1 };

const UNLIMITED: ThrottlePolicy = {
  freeAttempts: 1_000_000,
  delaysSeconds: [1],
  forgetAfterSeconds: 3600,
};
export const NO_THROTTLE: ThrottlePolicies = {
  passwordByAccount: UNLIMITED,
  passwordBySource: UNLIMITED,
  signUpBySource: UNLIMITED,
};

/** Starts an engine with an empty auth table before the file's tests. */
export function useAuth(throttle: ThrottlePolicies = NO_THROTTLE): TestAuth {
  const table = useTable(AUTH_TABLE);
  const logged: LogEntry[] = [];
  const test: Partial<Writable<TestAuth>> & { nowMs: number } = {
    table,
    logged,
    nowMs: Date.parse('2026-01-31T09:30:00.000Z'),
    pass(seconds: number) {
      test.nowMs += seconds * 1000;
    },
  };
  beforeAll(async () => {
    const issuer = await createTestIssuer(() => test.nowMs);
    test.issuer = issuer;
    test.auth = {
      users: createUserStore(table),
      sessions: createSessionStore(table),
      attempts: createAttemptStore(table),
      throttle,
      passwords: createPasswordHasher({ cost: CHEAP, randomBytes }),
      issueAccessToken: issuer.issue,
      clock: () => test.nowMs,
      randomBytes,
      log: (entry) => logged.push(entry),
    };
  });
  beforeEach(() => {
    logged.length = 0;
  });
  return test as TestAuth;
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

let made = 0;

export interface TestPerson extends SignedIn {
  readonly email: string;
  readonly viewer: Viewer;
}

/** Signs somebody up whose e-mail address nobody else has. */
export async function givenPerson({ auth, issuer }: TestAuth): Promise<TestPerson> {
  made += 1;
  const email = `person${made}@example.com`;
  const signedIn = await signUp(auth, { email, password: PASSWORD, displayName: '박미나' }, CLIENT);
  return { ...signedIn, email, viewer: await viewerOf(issuer, signedIn) };
}

/** Who an access token speaks for. */
export async function viewerOf(issuer: TestIssuer, { accessToken }: SignedIn): Promise<Viewer> {
  const viewer = await issuer.verify(`Bearer ${accessToken}`);
  if (!viewer) throw new Error('Expected a viewer, got nobody.');
  return viewer;
}
