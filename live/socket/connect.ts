import { DONE, type SocketAnswer, type SocketEvent } from './event.ts';
import { SUBPROTOCOL } from './protocol.ts';

const BAD_REQUEST = 400;

/**
 * Takes a connection. Pages of any origin may connect: there is no cookie, so that a page can act for
 * nobody whose token it doesn't have. Whoever offers subprotocols and not ours is refused; ours is
 * answered only to whoever offers it (RFC 6455 section 4.2.2).
 */
export function connect({ headers = {} }: SocketEvent): SocketAnswer {
  const offered = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (offered.length === 0) return DONE;
  if (!offered.includes(SUBPROTOCOL)) return { statusCode: BAD_REQUEST };
  return { ...DONE, headers: { 'Sec-WebSocket-Protocol': SUBPROTOCOL } };
}
