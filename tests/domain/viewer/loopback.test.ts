import { describe, expect, test } from '@jest/globals';
import { isLoopbackHost, isLoopbackOrigin } from '#domain/viewer/loopback.ts';

const OWN = ['localhost', 'LOCALHOST:4000', '127.0.0.1', '127.0.0.1:65535', '[::1]', '[::1]:80'];
const FOREIGN = [
  '',
  'localhost.example',
  'localhost:',
  'localhost:123456',
  'localhost:4000.example',
  'user@localhost',
  '127.0.0.1.nip.io',
  '127a0b0c1',
  '127.0.0.2',
  '0.0.0.0',
  '::1',
  'example.com#localhost',
  'localhost\n',
];

describe('this machine', () => {
  test.each(OWN)('is %s', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
    expect(isLoopbackOrigin(`http://${host}`)).toBe(true);
    expect(isLoopbackOrigin(`https://${host}`)).toBe(true);
    expect(isLoopbackOrigin(host)).toBe(false);
    expect(isLoopbackOrigin(`http://${host}/`)).toBe(false);
    expect(isLoopbackOrigin(`ftp://${host}`)).toBe(false);
  });

  test.each(FOREIGN)('is not %j', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
    expect(isLoopbackOrigin(`http://${host}`)).toBe(false);
  });

  test('is no page without an origin', () => {
    expect(isLoopbackOrigin('null')).toBe(false);
  });
});
