import { THROTTLE_POLICIES, type ThrottlePolicies } from '#domain/auth/throttle.ts';

/** As many as a script or a test of somebody's app may make in an hour. */
const FREE_ATTEMPTS = 1_000;

/**
 * On a laptop every request comes from one address, so what is counted by source address leaves room
 * for scripts. Guesses at one account are limited as in the cloud.
 */
export const LAPTOP_THROTTLE: ThrottlePolicies = {
  ...THROTTLE_POLICIES,
  passwordBySource: { ...THROTTLE_POLICIES.passwordBySource, freeAttempts: FREE_ATTEMPTS },
  signUpBySource: { ...THROTTLE_POLICIES.signUpBySource, freeAttempts: FREE_ATTEMPTS },
};
