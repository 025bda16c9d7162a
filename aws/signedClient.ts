import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { AwsV4Signer } from 'aws4fetch';

export interface SignedClientOptions {
  /** The service's name in a signature: `lambda`, `kms`. */
  readonly service: string;
  readonly region: string;
  /** The service's own of the region when left out. */
  readonly endpoint?: string | undefined;
  readonly credentials: Credentials;
  /** How long a call may take as a whole: milliseconds. */
  readonly timeoutMs: number;
}

/** What a function's environment gives it. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SignedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Posts a body to a path of the service. Rejects when there is no answer. */
export type SignedClient = (
  path: string,
  body: string,
  headers?: Readonly<Record<string, string>>,
) => Promise<SignedAnswer>;

/**
 * Makes a client that signs with Signature Version 4 and keeps its connections open.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function createSignedClient(options: SignedClientOptions): SignedClient {
  const { service, region, credentials, timeoutMs } = options;
  const base = new URL(options.endpoint ?? `https://${service}.${region}.amazonaws.com`);
  const secure = base.protocol === 'https:';
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true });
  // The keys derived from a secret hold for a day; deriving them costs more than the signature.
  const cache = new Map<string, ArrayBuffer>();
  return async (path, body, headers = {}) => {
    const url = new URL(path, base);
    const signer = new AwsV4Signer({
      ...credentials,
      method: 'POST',
      url: url.href,
      headers: { ...headers },
      body,
      service,
      region,
      cache,
    });
    const signed = await signer.sign();
    return new Promise((resolve, reject) => {
      const request = (secure ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        agent,
        headers: {
          ...Object.fromEntries(signed.headers),
          'content-length': Buffer.byteLength(body),
        },
        signal: AbortSignal.timeout(timeoutMs),
      });
      request.on('error', reject).on('response', (answer) => {
        readAnswer(answer).then(resolve, reject);
      });
      request.end(body);
    });
  };
}

async function readAnswer(answer: IncomingMessage): Promise<SignedAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}
