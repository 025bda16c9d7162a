import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { arn } from '#local/cloud/account.ts';
import { AwsError, describeError } from '#local/cloud/awsError.ts';
import { authorize } from '#local/cloud/iam/authorize.ts';
import type { VerifySignature } from '#local/cloud/iam/signature.ts';
import { CLOSED_NORMALLY, type Connection, type Connections } from './connections.ts';
import type { WebSocketApiDefinition } from './definition.ts';
import { makeId } from './event.ts';
import type { SocketFaults } from './faults.ts';
import type { Limits } from './limits.ts';

export interface ManagementOptions {
  readonly definition: WebSocketApiDefinition;
  readonly connections: Connections;
  readonly verify: VerifySignature;
  readonly limits: Limits;
  readonly faults: SocketFaults;
}

export interface ManagementAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Posts to connections, closes them and tells about them, for callers whose policies let them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export async function manage(
  message: IncomingMessage,
  options: ManagementOptions,
): Promise<ManagementAnswer> {
  const { definition, connections, limits, faults } = options;
  const { method = '', url = '' } = message;
  const connectionId = readConnectionId(url, definition.stage);
  if (connectionId === undefined || !isMethod(method)) return FORBIDDEN;
  const body = await readBody(message, limits.messageBytes);
  if (body === undefined) return refuse(413, 'PayloadTooLargeException');
  try {
    checkCaller(message, body, `${method}/@connections/${connectionId}`, options);
  } catch (error) {
    if (error instanceof AwsError) return describeError(error, headersOf(message));
    throw error;
  }
  const delayMs = method === 'POST' ? (faults.delayOfPost?.() ?? 0) : 0;
  if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
  const connection = connections.find(connectionId);
  if (!connection) return refuse(410, 'GoneException');
  return ACTIONS[method](connection, body.toString(), faults);
}

const ACTIONS = { POST: post, GET: describe, DELETE: end };

const isMethod = (method: string): method is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, method);

const headersOf = ({ headers }: IncomingMessage) => headers as Readonly<Record<string, string>>;

/** @param resource behind the stage in an ARN. @throws AwsError */
function checkCaller(
  message: IncomingMessage,
  body: Buffer,
  resource: string,
  { definition: { apiId, stage }, verify }: ManagementOptions,
): void {
  const { method = '', url = '' } = message;
  const request = { method, path: url, headers: headersOf(message), body };
  const caller = verify(request, 'execute-api');
  const place = arn('execute-api', `${apiId}/${stage}/${resource}`);
  authorize(caller, 'execute-api:ManageConnections', place);
}

/** `/live/@connections/L0SM9cOFvHcCIhw%3D` → `L0SM9cOFvHcCIhw=`; clients may escape the `@`, too. */
function readConnectionId(url: string, stage: string): string | undefined {
  const [, first, second, id, ...rest] = url.split('/').map(decode);
  const isPlace = first === stage && second === '@connections' && rest.length === 0;
  return isPlace && id ? id : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

function post(connection: Connection, text: string, faults: SocketFaults): ManagementAnswer {
  const fault = faults.onPost?.();
  if (fault === 'THROTTLED') return refuse(429, 'LimitExceededException');
  if (fault === 'LOST') return DONE;
  if (!connection.send(text)) return refuse(410, 'GoneException');
  return fault === 'SENT_BUT_FAILED' ? refuse(500, 'InternalServerErrorException') : DONE;
}

function describe({ peer, lastActiveMs }: Connection): ManagementAnswer {
  const { connectedAtMs, sourceIp, userAgent } = peer;
  const body = {
    connectedAt: new Date(connectedAtMs).toISOString(),
    identity: { sourceIp, userAgent },
    lastActiveAt: new Date(lastActiveMs()).toISOString(),
  };
  const headers = { ...DONE.headers, 'content-type': 'application/json' };
  return { status: 200, headers, body: JSON.stringify(body) };
}

function end(connection: Connection): ManagementAnswer {
  const { code, reason } = CLOSED_NORMALLY;
  connection.close(code, reason);
  return { ...DONE, status: 204 };
}

const DONE: ManagementAnswer = { status: 200, headers: {}, body: '' };

/** The body is empty: https://github.com/georgeboot/laravel-echo-api-gateway/issues/9. */
function refuse(status: number, type: string): ManagementAnswer {
  return {
    status,
    headers: { 'x-amzn-errortype': type, 'x-amzn-requestid': makeId() },
    body: '',
  };
}

/** Whatever isn't a connection's path: https://repost.aws/knowledge-center/api-gateway-websocket-error */
const FORBIDDEN: ManagementAnswer = {
  status: 403,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ForbiddenException' },
  body: '{"message":"Forbidden"}',
};

/** Undefined when it is too large; it is heard to the end all the same. */
async function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes <= maxBytes ? Buffer.concat(chunks) : undefined;
}
