import { readHeaders } from './protocol.ts';

const CARRIER = 'header-';

/**
 * The headers a client connects with, in one of two carriers: a second subprotocol
 * `header-<base64url>`, or the query's `header` in base64. Empty when there is neither.
 * https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html#handshake-details-to-establish-the-websocket-connection
 * @throws SyntaxError for what isn't JSON in base64
 */
export function readConnectHeaders(
  subprotocols: string,
  query: URLSearchParams,
): Record<string, string> {
  const carried = subprotocols
    .split(',')
    .map((one) => one.trim())
    .find((one) => one.startsWith(CARRIER));
  const encoded = carried?.slice(CARRIER.length) ?? query.get('header');
  if (!encoded) return {};
  // Node's decoder takes both alphabets.
  return readHeaders(JSON.parse(Buffer.from(encoded, 'base64').toString()));
}
