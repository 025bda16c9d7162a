import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { HOST } from './account.ts';
import { AwsError, describeError } from './awsError.ts';
import type { Caller, Callers } from './iam/callers.ts';
import { createSignatureVerifier, type VerifySignature } from './iam/signature.ts';

/** A request as it came in. */
export interface AwsRequest {
  readonly method: string;
  /** With the query string, as it was sent. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** One service of AWS's. */
export interface AwsService {
  /** Its name in signatures: `dynamodb`, `kms`, `lambda`. */
  readonly signingName: string;
  accepts(request: AwsRequest): boolean;
  /** @param caller whose signature has been verified. @throws AwsError to refuse */
  handle(request: AwsRequest, caller: Caller): Promise<AwsAnswer>;
}

export interface EndpointOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly callers: Pick<Callers, 'find'>;
  readonly services: readonly AwsService[];
  /** Gets what AWS would hide behind an InternalFailure. */
  readonly log: Log;
  readonly clock?: Clock | undefined;
}

export interface Endpoint {
  /** Without a trailing slash: what functions get as AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly port: number;
  /** Lets running requests finish for a second, then cuts them. */
  close(): Promise<void>;
}

/** A DynamoDB request has at most 16 MB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Longer than any client keeps an idle socket, so that none is cut while it is used again. */
const KEEP_ALIVE_MS = 600_000;
const CLOSE_WITHIN_MS = 1_000;

/** Starts the one loopback address that stands for all of AWS. Rejects as node:net does (`EADDRINUSE`) when the port can't be had. */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { port, callers, services, log, clock = Date.now } = options;
  const verify = createSignatureVerifier({ callers, clock });
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (message, response) => {
    void answer(message, { verify, services, log }).then(
      (found) => write(response, found, clock),
      // The client went away before its request was whole.
      () => response.destroy(),
    );
  });
  server.listen(port, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address !== 'object') throw new Error('Expected a TCP address, got none.');
  return {
    url: `http://${HOST}:${address.port}`,
    port: address.port,
    close: () => close(server),
  };
}

interface Answering {
  readonly verify: VerifySignature;
  readonly services: readonly AwsService[];
  readonly log: Log;
}

async function answer(
  message: IncomingMessage,
  { verify, services, log }: Answering,
): Promise<AwsAnswer> {
  const { method = '', url: path = '/' } = message;
  const headers = message.headers as Readonly<Record<string, string>>;
  const body = await readBody(message);
  try {
    if (!body) throw new AwsError('RequestEntityTooLargeException', TOO_LARGE);
    const request = { method, path, headers, body };
    const service = services.find((one) => one.accepts(request)) ?? unknownService(headers, path);
    return await service.handle(request, verify(request, service.signingName));
  } catch (error) {
    if (error instanceof AwsError) return describeError(error, headers);
    log({ level: 'error', message: 'AWS endpoint failed', path, error: String(error) });
    return describeError(new AwsError('InternalFailure', 'An internal error occurred.'), headers);
  }
}

const TOO_LARGE = `Expected a body of at most ${MAX_BODY_BYTES} bytes.`;

/** Undefined when it is too large; then the rest isn't kept. Rejects when the client goes away before the end. */
function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  // `for await` would take 20 µs more, at every request.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    message.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    message.on('error', reject);
  });
}

function unknownService(headers: Readonly<Record<string, string>>, path: string): never {
  const what = headers['x-amz-target'] ?? path;
  throw new AwsError(
    'UnknownOperationException',
    `No service of AWS's that runs on this laptop answers ${what}.`,
  );
}

function write(response: ServerResponse, { status, headers, body }: AwsAnswer, clock: Clock): void {
  response.writeHead(status, {
    ...headers,
    // The SDK sets its clock by this, and we verify signatures by ours.
    date: new Date(clock()).toUTCString(),
    'content-length': Buffer.byteLength(body),
    // What is left of an unread body must not be taken for the next request.
    ...(!response.req.complete && { connection: 'close' }),
  });
  response.end(body);
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(cut);
}
