import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '#domain/viewer/loopback.ts';
import { type ApiAnswer, type ApiRequest, headerOf, say } from './message.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html, both in bytes. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_HEAD_BYTES = 10_240;
/** A client that sends a little too much is heard to the end, so that it can read the answer; beyond this it is cut off. */
const MAX_DISCARDED_BYTES = 8 * 1024 * 1024;

/** Reads a whole request, or answers it when API Gateway would not take it; undefined when the client went away. */
export async function readRequest(
  message: IncomingMessage,
): Promise<ApiRequest | ApiAnswer | undefined> {
  const headers = readHeaders(message.rawHeaders);
  const target = readTarget(message.url ?? '', headerOf({ headers }, 'host'));
  if (!target) return say(400, 'Bad Request');
  if (!isLoopbackHost(target.host)) return say(403, 'Forbidden');
  if (headBytes(message) > MAX_HEAD_BYTES) return say(431, 'Request Header Fields Too Large');
  const body = await readBody(message);
  if (body === undefined) return undefined;
  if (body === 'TOO_LONG') return say(413, 'Request Entity Too Large');
  const { remoteAddress = '', localPort = 0 } = message.socket;
  return {
    method: message.method ?? 'GET',
    path: target.path,
    query: target.query,
    headers,
    body,
    sourceIp: remoteAddress.replace(/^::ffff:/, ''),
    port: localPort,
  };
}

/** Whether the client, who asks first (`Expect: 100-continue`), may send its body. */
export function wantsBody({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) <= MAX_BODY_BYTES;
}

/** Not `message.headers`: that keeps the first of two `Authorization` headers and drops the other. */
function readHeaders(rawHeaders: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = String(rawHeaders[index]).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), String(rawHeaders[index + 1])]);
  }
  return headers;
}

/** RFC 9112 section 3.2: `/path?query`, or a whole URL, whose host then counts instead of the header. */
function readTarget(url: string, hostHeader: string) {
  if (url.startsWith('/')) return { ...splitTarget(url), host: hostHeader };
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { pathname, search, host } = new URL(url);
  return { ...splitTarget(pathname + search), host };
}

function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  if (mark < 0) return { path: target, query: '' };
  return { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Request line and header values, as the quota counts. */
function headBytes({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  const values = rawHeaders.filter((_text, index) => index % 2 === 1);
  return `${method} ${url} HTTP/1.1`.length + values.join('').length;
}

/** Never keeps more than is allowed, whatever is sent. */
async function readBody(message: IncomingMessage): Promise<Buffer | 'TOO_LONG' | undefined> {
  const { 'content-length': declared, expect } = message.headers;
  // A client that waits for our word has sent nothing that must be heard first.
  const limit = MAX_BODY_BYTES + (expect ? 0 : MAX_DISCARDED_BYTES);
  if (Number(declared ?? 0) > limit) return 'TOO_LONG';
  const incoming: AsyncIterable<Buffer> = message.iterator({ destroyOnReturn: false });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) chunks.length = 0;
      else chunks.push(chunk);
      if (size > limit) break;
    }
  } catch {
    return undefined;
  }
  return size > MAX_BODY_BYTES ? 'TOO_LONG' : Buffer.concat(chunks);
}
