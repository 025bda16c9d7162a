import { afterEach } from '@jest/globals';
import { AwsV4Signer } from 'aws4fetch';
import type { LogEntry } from '#domain/log.ts';
import { iamArn, REGION } from '#local/cloud/account.ts';
import { type AwsService, type Endpoint, startEndpoint } from '#local/cloud/endpoint.ts';
import { type Credentials, createCallers } from '#local/cloud/iam/callers.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { send } from './nodeHttp.ts';

export const ALLOW_ALL: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
export const PRINCIPAL = iamArn('sts', 'assumed-role/test-role/test-function');

/** What a client sends, signed, before it is changed on its way. */
export interface SignedMessage {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export interface TestEndpoint extends Endpoint {
  /** What went wrong inside. */
  readonly logged: LogEntry[];
  /** Credentials of a caller with these statements. */
  grant(...statements: Statement[]): Credentials;
  call(request: CallOptions): Promise<Answer>;
}

export interface CallOptions {
  readonly credentials: Credentials;
  readonly service: string;
  readonly target?: string;
  readonly path?: string;
  readonly input: unknown;
  readonly region?: string;
  readonly contentType?: string;
  /** Changes the message after it was signed. */
  readonly change?: (message: SignedMessage) => void;
  /** When it is signed: `20260131T093000Z`. */
  readonly time?: string;
}

/** Serves services on a free port and stops them after each test of the file. */
export function useEndpoints() {
  const endpoints: Endpoint[] = [];
  afterEach(async () => {
    await Promise.all(endpoints.splice(0).map((endpoint) => endpoint.close()));
  });
  return async (...services: AwsService[]): Promise<TestEndpoint> => {
    const logged: LogEntry[] = [];
    const callers = createCallers();
    const log = (entry: LogEntry): void => void logged.push(entry);
    const endpoint = await startEndpoint({ port: 0, callers, services, log });
    endpoints.push(endpoint);
    return {
      ...endpoint,
      logged,
      grant: (...statements) => callers.add({ principal: PRINCIPAL, statements }),
      call: (options) => callSigned(endpoint, options),
    };
  };
}

async function callSigned(endpoint: Endpoint, options: CallOptions): Promise<Answer> {
  const { input, path = '/', contentType = 'application/x-amz-json-1.0', change } = options;
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const message = await sign(`${endpoint.url}${path}`, contentType, body, options);
  change?.(message);
  const { method, headers } = message;
  return send(endpoint.port, { method, path: message.path, headers }, message.body);
}

async function sign(
  url: string,
  contentType: string,
  body: string,
  { credentials, service, target, region = REGION, time }: CallOptions,
): Promise<SignedMessage> {
  const signed = await new AwsV4Signer({
    ...credentials,
    method: 'POST',
    url,
    headers: { 'content-type': contentType, ...(target && { 'x-amz-target': target }) },
    body,
    service,
    region,
    ...(time && { datetime: time }),
  }).sign();
  const { pathname, search } = signed.url;
  const headers = Object.fromEntries(signed.headers as unknown as Iterable<[string, string]>);
  return { method: 'POST', path: `${pathname}${search}`, headers, body };
}
