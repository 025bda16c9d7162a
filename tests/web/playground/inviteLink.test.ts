import { describe, expect, jest, test } from '@jest/globals';
import { takeInviteSecret } from '#web/playground/inviteLink.ts';

function addressBar(hash: string) {
  const replaceState = jest.fn();
  const bar = {
    location: { hash, pathname: '/playground', search: '?a=b' },
    history: { state: { kept: true }, replaceState },
  };
  return { bar, replaceState };
}

describe('takeInviteSecret', () => {
  test('takes the secret and removes it from the address bar', () => {
    const { bar, replaceState } = addressBar('#invite=01M7.01M8.aZ09_-x');
    expect(takeInviteSecret(bar)).toBe('01M7.01M8.aZ09_-x');
    expect(replaceState).toHaveBeenCalledWith({ kept: true }, '', '/playground?a=b');
  });

  test.each([
    '',
    '#',
    '#invite=',
    '#invite=a b',
    '#invite=a"b',
    `#invite=${'a'.repeat(201)}`,
    '#x=y',
  ])('%j holds none, and the address stays', (hash) => {
    const { bar, replaceState } = addressBar(hash);
    expect(takeInviteSecret(bar)).toBeNull();
    expect(replaceState).not.toHaveBeenCalled();
  });
});
