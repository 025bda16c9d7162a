import { setTimeout as sleep } from 'node:timers/promises';
import type { RawData } from 'ws';
import type { Clock } from '#domain/clock.ts';
import { ACCOUNT } from '#local/cloud/account.ts';
import { fillIn } from '#local/cloud/httpApi/accessLog.ts';
import { clfTime } from '#local/cloud/httpApi/event.ts';
import type { TakeToken } from '#local/cloud/httpApi/throttle.ts';
import type { Connection } from './connections.ts';
import type { WebSocketApiDefinition, WebSocketRoute } from './definition.ts';
import { type EventType, makeContext, makeId, type Peer } from './event.ts';
import type { SocketFaults } from './faults.ts';
import { type Integrated, type Integration, integrate } from './integration.ts';

/** What every happening of an API needs. */
export interface Api extends Integration {
  readonly definition: WebSocketApiDefinition;
  readonly faults: SocketFaults;
  /** Of the stage: connections and messages together. */
  readonly mayPass: TakeToken;
  readonly clock: Clock;
  readonly accessLog: ((line: string) => void) | undefined;
}

export const findRoute = ({ definition }: Api, key: string): WebSocketRoute | undefined =>
  definition.routes.find(({ routeKey }) => routeKey === key);

/** Something that happens on a connection, to be told to the function of a route. */
export interface Telling {
  readonly eventType: EventType;
  /** Of the event's context, beside what is in all of them. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Of the event, beside its context. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** Tells the function of a route. @returns its answer, and the request's id */
export async function tell(
  api: Api,
  route: WebSocketRoute,
  peer: Peer,
  { eventType, context, members }: Telling,
): Promise<Integrated & { readonly requestId: string }> {
  const { definition, clock } = api;
  const requestId = makeId();
  const timeMs = clock();
  const happening = { eventType, routeKey: route.routeKey, requestId, timeMs };
  const requestContext = makeContext(definition, peer, happening, context);
  const answer = await integrate(api, route, { ...members, requestContext });
  logAccess(api, requestContext, answer);
  return { ...answer, requestId };
}

/**
 * Gives a message to its route's function. Nobody waits for the one before: the functions of one
 * connection run at the same time, as on AWS.
 */
export async function handleMessage(
  api: Api,
  connection: Connection,
  data: RawData,
  isBinary: boolean,
): Promise<void> {
  connection.touch();
  const { peer } = connection;
  const bytes = data as Buffer;
  const say = (message: string, requestId = makeId()): void => {
    const { connectionId } = peer;
    connection.send(JSON.stringify({ message, connectionId, requestId }));
  };
  if (!api.mayPass()) return say('Too Many Requests');
  const body = bytes.toString(isBinary ? 'base64' : 'utf8');
  const route = selectRoute(api, isBinary ? '' : body);
  if (!route) return say('Forbidden');
  const delayMs = api.faults.delayOfMessage?.() ?? 0;
  if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
  const answer = await tell(api, route, peer, {
    eventType: 'MESSAGE',
    context: { messageId: makeId() },
    members: { body, isBase64Encoded: isBinary },
  });
  if (answer.kind === 'ANSWERED') {
    // Also an empty body is a message: https://github.com/serverless/serverless/issues/6816, last comment.
    if (route.answers) connection.send(answer.body);
  } else {
    say(answer.status === 504 ? answer.why : 'Internal server error', answer.requestId);
  }
}

/** What messages can't name. */
const RESERVED = new Set(['$connect', '$disconnect', '$default']);

/** `$default` takes what names no other, and what isn't JSON. */
function selectRoute(api: Api, text: string): WebSocketRoute | undefined {
  const named = readRouteKey(text, api.definition.routedBy);
  const key = named === undefined || RESERVED.has(named) ? '$default' : named;
  return findRoute(api, key) ?? findRoute(api, '$default');
}

function readRouteKey(text: string, member: string): string | undefined {
  try {
    const message: unknown = JSON.parse(text);
    const named = Object.hasOwn(Object(message), member) && Object(message)[member];
    return typeof named === 'string' ? named : undefined;
  } catch {
    return undefined;
  }
}

type Context = ReturnType<typeof makeContext>;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html */
function logAccess(
  { definition, accessLog, clock }: Api,
  { identity, connectionId, requestId, requestTimeEpoch, routeKey, eventType, stage }: Context,
  answer: Integrated,
): void {
  if (!accessLog || definition.accessLogFormat === undefined) return;
  const values = {
    accountId: ACCOUNT,
    apiId: definition.apiId,
    connectionId,
    eventType,
    'identity.sourceIp': identity.sourceIp,
    'identity.userAgent': identity.userAgent,
    integrationErrorMessage: answer.kind === 'FAILED' ? answer.why : undefined,
    integrationLatency: clock() - requestTimeEpoch,
    requestId,
    requestTime: clfTime(requestTimeEpoch),
    requestTimeEpoch,
    routeKey,
    stage,
    status: answer.status,
  };
  accessLog(fillIn(definition.accessLogFormat, values));
}
