import { describe, expect, test } from '@jest/globals';
import { sourceName } from '#domain/auth/sourceName.ts';

describe('the name of a source', () => {
  test.each([
    ['203.0.113.5', '203.0.113.5'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['::FFFF:203.0.113.5', '203.0.113.5'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:02::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', 'unknown'],
  ])('of %s is %s', (address, name) => {
    expect(sourceName(address)).toBe(name);
  });

  test('is short, whatever is given for an address', () => {
    for (const junk of ['x'.repeat(10_000), ':'.repeat(10_000), '1:'.repeat(5_000)]) {
      expect(sourceName(junk).length).toBeLessThan(60);
    }
  });
});
