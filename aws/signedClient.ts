import type { Clock } from '#domain/clock.ts';
import { createHttpClient, type WireResponse } from './httpClient.ts';
import { type Credentials, createSigner } from './signature.ts';

export interface SignedClientOptions {
  /** The service's name in a signature and in its host: `lambda`, `kms`. */
  readonly service: string;
  readonly region: string;
  /** The service's own of the region when left out. */
  readonly endpoint?: string | undefined;
  readonly credentials: Credentials;
  /** How long a call may take as a whole: milliseconds. */
  readonly timeoutMs: number;
  /** The request that this function is answering, for X-Ray; it is sent and not signed, as AWS's own clients do. */
  readonly traceId?: (() => string | undefined) | undefined;
  /** `Date.now` when left out. */
  readonly clock?: Clock | undefined;
}

/** Sends a body to a path of the service, by POST when no method is given. @throws RequestFailed */
export type SignedClient = (
  path: string,
  body: string,
  headers?: Readonly<Record<string, string>>,
  method?: 'POST' | 'DELETE',
) => Promise<WireResponse>;

/** Makes a client for one AWS service that signs what it sends and keeps its connections open. */
export function createSignedClient(options: SignedClientOptions): SignedClient {
  const { service, region, timeoutMs, clock, traceId = () => undefined } = options;
  const { origin, host } = new URL(
    options.endpoint ?? `https://${service}.${region}.amazonaws.com`,
  );
  const send = createHttpClient({ origin, timeoutMs, clock });
  const sign = createSigner(options);
  return async (path, body, headers = {}, method = 'POST') => {
    const trace = traceId();
    return send({
      method,
      path,
      headers: {
        ...sign({ method, host, path, headers, body }),
        ...(trace && { 'x-amzn-trace-id': trace }),
        'content-length': String(Buffer.byteLength(body)),
      },
      body,
    });
  };
}
