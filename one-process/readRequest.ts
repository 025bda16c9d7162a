import type { IncomingMessage } from 'node:http';
import type { HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';
import { isLoopbackHost } from '#domain/viewer/loopback.ts';
import { refuse } from './refusal.ts';

/** A client that sends a little too much is heard to the end, so that it can read the answer; beyond this it is cut off. */
const MAX_DISCARDED_BYTES = 8 * 1024 * 1024;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

export interface ReadRules {
  readonly loopbackOnly: boolean;
  readonly maxBodyBytes: number;
}

/** Reads a whole request, or answers it when it is not acceptable; undefined when the client went away. */
export async function readRequest(
  message: IncomingMessage,
  { loopbackOnly, maxBodyBytes }: ReadRules,
): Promise<HttpRequest | HttpResponse | undefined> {
  const headers = joinHeaders(message.rawHeaders);
  const target = readTarget(message.url ?? '', headers.host ?? '');
  if (!target) return refuse('BAD_USER_INPUT', 'Expected a path as the request target.');
  if (loopbackOnly && !isLoopbackHost(target.host)) {
    return refuse('FORBIDDEN', 'Expected the Host header to be 127.0.0.1 or localhost.');
  }
  const bytes = await readBody(message, maxBodyBytes);
  if (bytes === undefined) return undefined;
  if (bytes === 'TOO_LONG') {
    return refuse('PAYLOAD_TOO_LARGE', `Expected a body of at most ${maxBodyBytes} bytes.`);
  }
  const body = decode(bytes);
  if (body === undefined) return refuse('BAD_USER_INPUT', 'Expected the body to be UTF-8.');
  const { path, search } = target;
  // RFC 9110 section 9.3.2: HEAD is GET whose answer comes without its body; node:http leaves it out.
  const method = message.method === 'HEAD' ? 'GET' : (message.method ?? 'GET');
  return { method, path, search, headers, body, sourceIp: sourceIp(message) };
}

/**
 * Every header, repeated ones joined. Not `message.headers`: it keeps the first of two
 * `Authorization` headers, and a check that sees only one of them can be fooled.
 */
function joinHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const joined = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = String(rawHeaders[index]).toLowerCase();
    const value = String(rawHeaders[index + 1]);
    const before = joined.get(name);
    const separator = name === 'cookie' ? '; ' : ', ';
    joined.set(name, before === undefined ? value : `${before}${separator}${value}`);
  }
  return Object.fromEntries(joined);
}

interface Target {
  readonly path: string;
  readonly search: string;
  readonly host: string;
}

/** RFC 9112 section 3.2: `/path?query`, or a whole URL, whose host then counts instead of the header. */
function readTarget(url: string, hostHeader: string): Target | undefined {
  if (url.startsWith('/')) {
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    return { path, search: mark < 0 ? '' : url.slice(mark), host: hostHeader };
  }
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { pathname, search, host } = new URL(url);
  return { path: pathname, search, host };
}

/** Never keeps more than `maxBytes`, whatever is sent. Undefined when the client goes away. */
function readBody(
  message: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'TOO_LONG' | undefined> {
  const { 'content-length': declared, expect } = message.headers;
  // A client that waits for our word (`Expect: 100-continue`) has sent nothing that must be heard first.
  const limit = maxBytes + (expect ? 0 : MAX_DISCARDED_BYTES);
  if (Number(declared ?? 0) > limit) return Promise.resolve('TOO_LONG');
  const chunks: Buffer[] = [];
  let size = 0;
  // Events, not an async iterator: every request comes through here.
  return new Promise((resolve) => {
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (size <= limit) return;
      message.pause();
      resolve('TOO_LONG');
    });
    message.on('end', () => resolve(size > maxBytes ? 'TOO_LONG' : Buffer.concat(chunks)));
    message.on('error', () => resolve(undefined));
    message.on('close', () => resolve(undefined));
  });
}

/** Undefined for bytes that are no UTF-8: replacing them would keep another text than the one sent. */
function decode(bytes: Buffer): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** IPv4 clients of a server that also listens on IPv6 appear as `::ffff:127.0.0.1`. */
function sourceIp({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
