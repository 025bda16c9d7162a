import type { IncomingMessage } from 'node:http';
import { isLoopbackHost, isLoopbackOrigin } from '#domain/viewer/loopback.ts';
import type { TakeToken } from '#local/cloud/httpApi/throttle.ts';
import { describeHeaders, describeQuery, makeConnectionId, type Peer } from './event.ts';
import { type Api, findRoute, tell } from './messages.ts';

/** Whether a client is let in, and as whom. */
export type Handshake =
  | {
      readonly kind: 'WELCOME';
      readonly peer: Peer;
      /** What the function of `$connect` said, whatever was offered. */
      readonly subprotocol: string | undefined;
    }
  | { readonly kind: 'REFUSED'; readonly status: number };

const refused = (status: number): Handshake => ({ kind: 'REFUSED', status });

/** Asks the function of `$connect`, if there is one. @param mayConnect of the account */
export async function shakeHands(
  api: Api,
  request: IncomingMessage,
  mayConnect: TakeToken,
): Promise<Handshake> {
  const { host = '', origin = '' } = request.headers;
  // Pages of other machines are refused, as those of HTTP APIs here.
  if (!isLoopbackHost(host)) return refused(403);
  if (origin !== '' && !isLoopbackOrigin(origin)) return refused(403);
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  if (path !== `/${api.definition.stage}`) return refused(403);
  if (!mayConnect() || !api.mayPass()) return refused(429);
  const peer = describePeer(request, api.clock());
  const route = findRoute(api, '$connect');
  if (!route) return { kind: 'WELCOME', peer, subprotocol: undefined };
  const answer = await tell(api, route, peer, {
    eventType: 'CONNECT',
    members: {
      ...describeHeaders(request.rawHeaders),
      ...describeQuery(query),
      isBase64Encoded: false,
    },
  });
  const isWelcome = answer.kind === 'ANSWERED' && answer.status >= 200 && answer.status < 300;
  if (!isWelcome) return refused(answer.status);
  return { kind: 'WELCOME', peer, subprotocol: answer.headers['sec-websocket-protocol'] };
}

function describePeer({ headers, socket }: IncomingMessage, connectedAtMs: number): Peer {
  return {
    connectionId: makeConnectionId(),
    connectedAtMs,
    sourceIp: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    userAgent: headers['user-agent'] ?? '',
    domainName: headers.host ?? '',
  };
}
