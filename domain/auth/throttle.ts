/** How often something may be tried: freely at first, then after delays that grow. */
export interface ThrottlePolicy {
  /** How many attempts need not wait. */
  readonly freeAttempts: number;
  /** How long each attempt beyond them waits after the one before, in seconds; the last delay stays. 1 to 20 of them. */
  readonly delaysSeconds: readonly number[];
  /** How long after the first attempt all of them are forgotten, in seconds. */
  readonly forgetAfterSeconds: number;
}

/** What is throttled, and by what. */
export interface ThrottlePolicies {
  /** Password guesses at one account, whoever makes them. A right password clears it. */
  readonly passwordByAccount: ThrottlePolicy;
  /** Password guesses from one address. A right password gives its attempt back. */
  readonly passwordBySource: ThrottlePolicy;
  /** Sign-ups from one address. */
  readonly signUpBySource: ThrottlePolicy;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An account can be guessed at about a hundred times a day; many people may share an address. */
export const THROTTLE_POLICIES: ThrottlePolicies = {
  passwordByAccount: {
    freeAttempts: 5,
    delaysSeconds: [15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE],
    forgetAfterSeconds: DAY,
  },
  passwordBySource: {
    freeAttempts: 100,
    delaysSeconds: [5, 10, 20, 30, MINUTE],
    forgetAfterSeconds: HOUR,
  },
  signUpBySource: {
    freeAttempts: 20,
    delaysSeconds: [30, MINUTE, 2 * MINUTE, 5 * MINUTE],
    forgetAfterSeconds: HOUR,
  },
};

/** The policies with other numbers for one address: many people may be behind it, or a script that tests an app. */
export function throttlePolicies(perHour: {
  readonly signUpsPerHour: number;
  readonly wrongPasswordsPerHour: number;
}): ThrottlePolicies {
  const { passwordByAccount, passwordBySource, signUpBySource } = THROTTLE_POLICIES;
  return {
    passwordByAccount,
    passwordBySource: { ...passwordBySource, freeAttempts: perHour.wrongPasswordsPerHour },
    signUpBySource: { ...signUpBySource, freeAttempts: perHour.signUpsPerHour },
  };
}

/** What is known of the attempts under one name. */
export interface AttemptCounter {
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly lastAttemptMs: number;
  /** Seconds since 1970; from then on they are forgotten, whether or not the row still is there. */
  readonly forgottenAtSeconds: number;
}

/** How long the next attempt after so many has to wait after the last, in seconds. */
export function delayAfter(attempts: number, policy: ThrottlePolicy): number {
  const { freeAttempts, delaysSeconds } = policy;
  if (attempts < freeAttempts) return 0;
  return delaysSeconds[attempts - freeAttempts] ?? delaysSeconds.at(-1) ?? 0;
}

/** How long from now until the next attempt is welcome, in whole seconds; 0 when it is welcome now. */
export function secondsToWait(
  counter: AttemptCounter,
  policy: ThrottlePolicy,
  nowMs: number,
): number {
  const delayMs = delayAfter(counter.attempts, policy) * 1000;
  const welcomeAtMs = Math.min(counter.lastAttemptMs + delayMs, counter.forgottenAtSeconds * 1000);
  return Math.max(0, Math.ceil((welcomeAtMs - nowMs) / 1000));
}

const MAX_DELAYS = 20;

/** @throws TypeError when a policy is none. */
export function checkPolicies(policies: ThrottlePolicies): ThrottlePolicies {
  for (const [name, policy] of Object.entries(policies)) checkPolicy(name, policy);
  return policies;
}

function checkPolicy(name: string, policy: ThrottlePolicy): void {
  const { freeAttempts, delaysSeconds, forgetAfterSeconds } = policy;
  const numbers = [freeAttempts, forgetAfterSeconds, ...delaysSeconds];
  const areCounts = numbers.every((value) => Number.isSafeInteger(value) && value >= 0);
  if (
    areCounts &&
    forgetAfterSeconds > 0 &&
    delaysSeconds.length >= 1 &&
    delaysSeconds.length <= MAX_DELAYS
  )
    return;
  throw new TypeError(
    `Expected the throttle policy ${name} to have whole numbers from 0 and 1 to ${MAX_DELAYS} delays, got ${JSON.stringify(policy)}.`,
  );
}
