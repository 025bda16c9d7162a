/** An answer of the engine, its body as it came. */
export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the connection can be used again. */
  readonly keepsAlive: boolean;
}

export interface AnswerParser {
  /** @returns the answer once it is whole. @throws when the bytes are no answer, or more than one */
  add(chunk: Buffer): WireAnswer | undefined;
}

const END_OF_HEAD = '\r\n\r\n';
const END_OF_LINE = '\r\n';

/** Parses one HTTP/1.1 answer from pieces of any size. https://www.rfc-editor.org/rfc/rfc9112 */
export function createAnswerParser(): AnswerParser {
  const chunks: Buffer[] = [];
  let bytes = 0;
  /** No use in looking again before there are so many. */
  let needed = 0;
  return {
    add(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes < needed) return undefined;
      const received = join(chunks);
      const endOfHead = received.indexOf(END_OF_HEAD);
      if (endOfHead < 0) return undefined;
      const head = parseHead(received.toString('latin1', 0, endOfHead));
      const rest = received.subarray(endOfHead + END_OF_HEAD.length);
      const body = readBody(head.headers, rest);
      if (Buffer.isBuffer(body)) return { ...head, body };
      needed = endOfHead + END_OF_HEAD.length + body.needed;
      return undefined;
    },
  };
}

/** Joins the pieces into one, so that they are joined once. */
function join(chunks: Buffer[]): Buffer {
  if (chunks.length > 1) chunks.splice(0, chunks.length, Buffer.concat(chunks));
  return chunks[0] ?? Buffer.alloc(0);
}

function parseHead(text: string): Omit<WireAnswer, 'body'> {
  const [statusLine = '', ...lines] = text.split(END_OF_LINE);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1];
  if (!status) throw new Error('Expected HTTP/1.1 from the engine.');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(status), headers, keepsAlive: headers.connection !== 'close' };
}

/** How many bytes there must be at least before it is worth to look again. */
interface Incomplete {
  readonly needed: number;
}

function readBody(
  headers: Readonly<Record<string, string>>,
  received: Buffer,
): Buffer | Incomplete {
  if (headers['transfer-encoding']?.toLowerCase() === 'chunked') return readChunks(received);
  const length = Number(headers['content-length']);
  if (!Number.isSafeInteger(length) || headers['transfer-encoding'] !== undefined) {
    throw new Error('Expected the engine to say how long its answer is.');
  }
  if (received.length < length) return { needed: length };
  return whole(received, length, received);
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
function readChunks(received: Buffer): Buffer | Incomplete {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const endOfLine = received.indexOf(END_OF_LINE, at);
    if (endOfLine < 0) return { needed: received.length + 1 };
    const start = endOfLine + END_OF_LINE.length;
    const size = Number.parseInt(received.toString('latin1', at, endOfLine), 16);
    if (!(size >= 0)) throw new Error('Expected the size of a chunk from the engine.');
    const end = start + size + END_OF_LINE.length;
    if (received.length < end) return { needed: end };
    if (size === 0) return whole(received, end, Buffer.concat(chunks));
    chunks.push(received.subarray(start, start + size));
    at = end;
  }
}

function whole(received: Buffer, end: number, body: Buffer): Buffer {
  if (received.length > end) throw new Error('Expected one answer from the engine, got more.');
  return body;
}
