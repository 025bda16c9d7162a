import type { Caller, Callers } from './iam/callers.ts';

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
}

export interface Endpoint {
  /** Without a trailing slash: what functions get as AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the one loopback address that stands for all of AWS. */
export async function startEndpoint(_options: EndpointOptions): Promise<Endpoint> {
  throw new Error('Not there yet.');
}
