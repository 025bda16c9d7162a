import { createHash } from 'node:crypto';

/** What a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** With the query string, as it was sent. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * The text both sides hash. The body's hash is our own: what the header `x-amz-content-sha256` says of it proves nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
 */
export function toCanonicalRequest(
  { method, path, headers, body }: SignedRequest,
  signedHeaders: readonly string[],
): string {
  const [, pathname = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(path) ?? [];
  return [
    method,
    toCanonicalPath(pathname),
    toCanonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
}

/** Every service but S3 signs the path as it is sent, encoded once more. */
function toCanonicalPath(pathname: string): string {
  return pathname === '/' ? pathname : pathname.split('/').map(encode).join('/');
}

/** Sorted by name, then by value. */
function toCanonicalQuery(query: string): string {
  const pairs = query.split('&').filter((pair) => pair !== '');
  return pairs
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [reencode(name), reencode(value.join('='))] as const;
    })
    .sort(([name, value], [other, otherValue]) =>
      name === other ? compare(value, otherValue) : compare(name, other),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** By code point, which no locale changes. */
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const reencode = (text: string): string => encode(decode(text));

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // No client signs what isn't encoded well: the signatures won't be the same, and that is what it is told.
    return text;
  }
}

/** Everything but letters, digits, `-`, `.`, `_` and `~`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
