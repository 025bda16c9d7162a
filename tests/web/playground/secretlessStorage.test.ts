import { describe, expect, test } from '@jest/globals';
import { secretlessStorage, withoutSecrets } from '#web/playground/secretlessStorage.ts';

const SIGN_UP =
  'mutation { signUp(input: { email: "a@b.c", password: "pw \\" }x" }) { accessToken } }';
const VARIABLES = '{ "input": { "email": "a@b.c", "password" : "pw \\" }x" } }';

describe('withoutSecrets', () => {
  test('headers are not kept at all', () => {
    expect(withoutSecrets('headers', '{"Authorization": "Bearer abc"}')).toBe('');
  });

  test('a password in an operation is emptied, the rest stays', () => {
    expect(withoutSecrets('query', SIGN_UP)).toBe(SIGN_UP.replace('pw \\" }x', ''));
  });

  test('a password in a block string is emptied', () => {
    expect(withoutSecrets('query', '{ a(password: """p\n"w""", b: "c") }')).toBe(
      '{ a(password: "", b: "c") }',
    );
  });

  test('a password in variables is emptied', () => {
    expect(withoutSecrets('variables', VARIABLES)).toBe(VARIABLES.replace('pw \\" }x', ''));
  });

  test.each([
    'password',
    'currentPassword',
    'newPassword',
    'accessToken',
    'refreshToken',
    'secret',
  ])('%s is a secret', (name) => {
    expect(withoutSecrets('variables', JSON.stringify({ [name]: 'hush' }))).not.toContain('hush');
  });

  test.each([
    '{ signUp { accessToken refreshToken } }',
    'mutation ($secret: String!) { a(secret: $secret) }',
  ])('an operation that only names secrets stays: %s', (operation) => {
    expect(withoutSecrets('query', operation)).toBe(operation);
  });

  test('tabs lose their headers and secrets', () => {
    const tabs = [
      { id: '1', hash: 'x', query: SIGN_UP, variables: VARIABLES, headers: '{"a":"b"}' },
    ];
    const kept = JSON.parse(
      withoutSecrets('tabState', JSON.stringify({ tabs, activeTabIndex: 0 })),
    );
    expect(kept).toEqual({
      tabs: [
        {
          id: '1',
          hash: null,
          query: SIGN_UP.replace('pw \\" }x', ''),
          variables: VARIABLES.replace('pw \\" }x', ''),
          headers: null,
        },
      ],
      activeTabIndex: 0,
    });
  });

  test.each(['queries', 'favorites'])('history under %s loses them too', (name) => {
    const history = { [name]: [{ query: SIGN_UP, variables: VARIABLES, headers: 'Bearer abc' }] };
    const kept = withoutSecrets(name, JSON.stringify(history));
    expect(kept).not.toMatch(/pw|Bearer/);
  });

  test('settings stay as they are', () => {
    expect(withoutSecrets('theme', 'dark')).toBe('dark');
  });
});

describe('secretlessStorage', () => {
  test('writes through to the storage, and clears only what is GraphiQL’s', () => {
    const items = new Map([['other', 'stays']]);
    const storage = secretlessStorage(storageOver(items));
    storage.setItem('graphiql:theme', 'dark');
    storage.setItem('graphiql:variables', '{"password":"hush"}');
    expect(storage.getItem('graphiql:theme')).toBe('dark');
    expect(items.get('graphiql:variables')).toBe('{"password":""}');
    expect(storage.length).toBe(2);
    storage.removeItem('graphiql:theme');
    storage.clear();
    expect([...items]).toEqual([['other', 'stays']]);
  });
});

/** The browser's own enumerates its keys as properties. */
function storageOver(items: Map<string, string>): Storage {
  const methods = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  };
  return new Proxy(methods, {
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  }) as unknown as Storage;
}
