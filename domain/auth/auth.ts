import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { RandomBytes } from '#domain/viewer/ulid.ts';
import type { IssueAccessToken } from './accessTokenIssuer.ts';
import type { PasswordHasher } from './passwordHash.ts';
import type { AttemptStore, SessionStore, UserStore } from './ports.ts';
import type { ThrottlePolicies } from './throttle.ts';

/** Everything the use cases of the auth service work with. */
export interface Auth {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly attempts: AttemptStore;
  readonly throttle: ThrottlePolicies;
  readonly passwords: PasswordHasher;
  readonly issueAccessToken: IssueAccessToken;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly log: Log;
}
