import { randomBytes } from 'node:crypto';
import { clfTime } from '#local/cloud/httpApi/event.ts';
import type { WebSocketApiDefinition } from './definition.ts';

/** Who is at the other end, and since when. */
export interface Peer {
  readonly connectionId: string;
  readonly connectedAtMs: number;
  readonly sourceIp: string;
  /** Empty when the client doesn't say. */
  readonly userAgent: string;
  /** What the client called us. */
  readonly domainName: string;
}

export type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/** One thing that happens on a connection, as its event tells it. */
export interface Happening {
  readonly eventType: EventType;
  readonly routeKey: string;
  readonly requestId: string;
  readonly timeMs: number;
}

/** Like `JCJpvgQCvHcEPjA=`. */
export const makeId = (): string => randomBytes(11).toString('base64');
/** Like `L0SM9cOFvHcCIhw=`, without what a path would have to escape but the end. */
export const makeConnectionId = (): string =>
  randomBytes(11).toString('base64').replace(/[+/]/g, 'x');

/**
 * What functions get of every event.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 * @param more `messageId`, or how a connection has ended
 */
export function makeContext(
  { apiId, stage }: WebSocketApiDefinition,
  peer: Peer,
  { eventType, routeKey, requestId, timeMs }: Happening,
  more: Readonly<Record<string, unknown>> = {},
) {
  const { connectionId, connectedAtMs, sourceIp, userAgent, domainName } = peer;
  return {
    routeKey,
    ...more,
    eventType,
    extendedRequestId: requestId,
    requestTime: clfTime(timeMs),
    messageDirection: 'IN',
    stage,
    connectedAt: connectedAtMs,
    requestTimeEpoch: timeMs,
    identity: { ...(userAgent && { userAgent }), sourceIp },
    requestId,
    domainName,
    connectionId,
    apiId,
  };
}

/** Headers under the names they came with; of several values of one name the last. */
export function describeHeaders(rawHeaders: readonly string[]) {
  const multiValueHeaders: Record<string, string[]> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (/^(connection|upgrade)$/i.test(name)) continue;
    multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), rawHeaders[index + 1] ?? ''];
  }
  const headers = Object.fromEntries(
    Object.entries(multiValueHeaders).map(([name, values]) => [name, values.at(-1)]),
  );
  return { headers, multiValueHeaders };
}

/** `?a=1&a=2` → the last value of each name, and all of them; nothing without a query. */
export function describeQuery(query: string) {
  if (query === '') return {};
  const all: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) all[name] = [...(all[name] ?? []), value];
  const last = Object.entries(all).map(([name, values]) => [name, values.at(-1)]);
  return {
    queryStringParameters: Object.fromEntries(last),
    multiValueQueryStringParameters: all,
  };
}
