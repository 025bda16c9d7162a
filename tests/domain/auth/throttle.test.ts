import { describe, expect, test } from '@jest/globals';
import {
  checkPolicies,
  delayAfter,
  secondsToWait,
  THROTTLE_POLICIES,
  throttlePolicies,
} from '#domain/auth/throttle.ts';

const POLICY = { freeAttempts: 2, delaysSeconds: [10, 60], forgetAfterSeconds: 300 };
const NOW_MS = 1_700_000_000_000;

describe('a throttle policy', () => {
  test('lets the first attempts go, then delays them longer and longer', () => {
    const delays = [0, 1, 2, 3, 4, 100].map((attempts) => delayAfter(attempts, POLICY));
    expect(delays).toEqual([0, 0, 10, 60, 60, 60]);
  });

  test.each([
    ['right after the last attempt', 0, 10],
    ['a moment later', 1, 10],
    ['a second later', 1_000, 9],
    ['just before it is over', 9_999, 1],
    ['when it is over', 10_000, 0],
    ['long after', 100_000, 0],
  ])('says how long to wait: %s', (_, passedMs, seconds) => {
    const counter = { attempts: 2, lastAttemptMs: NOW_MS, forgottenAtSeconds: NOW_MS / 1000 + 300 };
    expect(secondsToWait(counter, POLICY, NOW_MS + passedMs)).toBe(seconds);
  });

  test('never makes anybody wait longer than attempts are remembered', () => {
    const counter = { attempts: 9, lastAttemptMs: NOW_MS, forgottenAtSeconds: NOW_MS / 1000 + 5 };
    expect(secondsToWait(counter, POLICY, NOW_MS)).toBe(5);
  });

  test.each([
    ['no delays', { delaysSeconds: [] }],
    ['21 delays', { delaysSeconds: Array(21).fill(1) }],
    ['a negative delay', { delaysSeconds: [-1] }],
    ['half an attempt', { freeAttempts: 0.5 }],
    ['endlessly many attempts', { freeAttempts: Number.POSITIVE_INFINITY }],
    ['no memory', { forgetAfterSeconds: 0 }],
  ])('is refused with %s', (_, wrong) => {
    const policies = { ...THROTTLE_POLICIES, signUpBySource: { ...POLICY, ...wrong } };
    expect(() => checkPolicies(policies)).toThrow(/signUpBySource/);
  });

  test('is one by default', () => {
    expect(checkPolicies(THROTTLE_POLICIES)).toBe(THROTTLE_POLICIES);
  });
});

test('an address may be given other numbers; an account is guarded as ever', () => {
  const policies = throttlePolicies({ signUpsPerHour: 7, wrongPasswordsPerHour: 8 });
  expect(policies).toEqual({
    passwordByAccount: THROTTLE_POLICIES.passwordByAccount,
    passwordBySource: { ...THROTTLE_POLICIES.passwordBySource, freeAttempts: 8 },
    signUpBySource: { ...THROTTLE_POLICIES.signUpBySource, freeAttempts: 7 },
  });
});
