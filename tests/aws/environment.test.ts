import { describe, expect, test } from '@jest/globals';
import { readAws, readEndpoint, requireCount, requireVariable } from '#aws/environment.ts';

test.each([undefined, ''])('a variable that is %j is missed by name', (TABLE_NAME) => {
  expect(() => requireVariable({ TABLE_NAME }, 'TABLE_NAME')).toThrow(
    'Expected the environment variable TABLE_NAME to be set.',
  );
});

describe('a number in the environment', () => {
  test('is read', () => {
    expect(requireCount({ LIMIT: '1000' }, 'LIMIT')).toBe(1000);
  });

  test.each([undefined, '', 'many', '-1', '1.5', ' 1', '1e3'])('%j is refused by name', (LIMIT) => {
    expect(() => requireCount({ LIMIT }, 'LIMIT')).toThrow('the environment variable LIMIT');
  });
});

describe('what Lambda puts into the environment', () => {
  const KEYS = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S' };

  test('is the region and the credentials of the role', () => {
    expect(readAws({ ...KEYS, AWS_SESSION_TOKEN: 'T' })).toEqual({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T' },
    });
    expect(readAws(KEYS).credentials).not.toHaveProperty('sessionToken');
  });
});

describe('where a service is', () => {
  const AWS_ENDPOINT_URL = 'http://127.0.0.1:1';

  test('is for AWS to know when nothing is said', () => {
    expect(readEndpoint({}, 'KMS')).toBeUndefined();
  });

  test('may be said for all, and otherwise for one', () => {
    const one = { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:2' };
    expect(readEndpoint(one, 'LAMBDA')).toBe('http://127.0.0.1:1');
    expect(readEndpoint(one, 'KMS')).toBe('http://127.0.0.1:2');
  });
});
