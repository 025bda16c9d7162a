import type { GraphiQLProps } from 'graphiql';

const PREFIX = 'graphiql:';
const SECRETS = 'password|currentPassword|newPassword|accessToken|refreshToken|secret';
const STRING = '"(?:[^"\\\\\\n]|\\\\.)*"';
const BLOCK_STRING = '"""[^]*?"""';
const IN_OPERATION = new RegExp(`\\b(${SECRETS})(\\s*:\\s*)(?:${BLOCK_STRING}|${STRING})`, 'g');
const IN_VARIABLES = new RegExp(`"(${SECRETS})"(\\s*:\\s*)${STRING}`, 'g');

type GraphiqlStorage = NonNullable<GraphiQLProps['storage']>;

/**
 * Where GraphiQL keeps tabs, history and settings over a reload: `storage` (the browser's), but
 * without secrets. Headers are not kept, and passwords, tokens and invite secrets are emptied in
 * operations and variables.
 */
export function secretlessStorage(storage: Storage): GraphiqlStorage {
  const ours = () => Object.keys(storage).filter((key) => key.startsWith(PREFIX));
  return {
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => storage.setItem(key, withoutSecrets(key.slice(PREFIX.length), value)),
    removeItem: (key) => storage.removeItem(key),
    clear: () => {
      for (const key of ours()) storage.removeItem(key);
    },
    get length() {
      return ours().length;
    },
  };
}

/** The text that may be kept under GraphiQL's `name`: `query`, `variables`, `tabState`, `queries` … */
export function withoutSecrets(name: string, text: string): string {
  switch (name) {
    case 'headers':
      return '';
    case 'query':
      return emptied(text);
    case 'variables':
      return emptied(text);
    case 'tabState':
    case 'queries':
    case 'favorites':
      return JSON.stringify(JSON.parse(text), (key, value: unknown) => kept(key, value));
    default:
      return text;
  }
}

function kept(key: string, value: unknown): unknown {
  if (key === 'headers' || key === 'hash') return null;
  return typeof value === 'string' ? emptied(value) : value;
}

function emptied(text: string): string {
  return text.replace(IN_OPERATION, '$1$2""').replace(IN_VARIABLES, '"$1"$2""');
}
