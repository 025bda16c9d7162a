/**
 * The words of AppSync's own subprotocol `graphql-ws`: not that of the library of this name.
 * https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */
export const SUBPROTOCOL = 'graphql-ws';

export type ClientMessage =
  | { readonly type: 'connection_init' }
  | { readonly type: 'start'; readonly id: string; readonly payload: StartPayload }
  | { readonly type: 'stop'; readonly id: string };

export interface StartPayload {
  /** A GraphQL request as JSON. */
  readonly data: string;
  /** Headers as HTTP would have them. */
  readonly authorization: Readonly<Record<string, string>>;
}

export interface ServerError {
  readonly errorType: string;
  readonly message: string;
  readonly errorCode?: number;
}

export type ServerMessage =
  | { readonly type: 'connection_ack'; readonly payload: { readonly connectionTimeoutMs: number } }
  | { readonly type: 'connection_error'; readonly payload: Errors }
  | { readonly type: 'ka' }
  | { readonly type: 'start_ack'; readonly id: string }
  | { readonly type: 'data'; readonly id: string; readonly payload: object }
  | { readonly type: 'error'; readonly id?: string; readonly payload: Errors }
  | { readonly type: 'complete'; readonly id: string };

interface Errors {
  readonly errors: readonly unknown[];
}

/** @throws SyntaxError saying what was expected and what came */
export function readMessage(text: string): ClientMessage {
  const message = asObject(parse(text), 'a JSON object');
  const { type, id } = message;
  if (type === 'connection_init') return { type };
  if (typeof id !== 'string') throw new SyntaxError('Expected a message with an id.');
  if (type === 'stop') return { type, id };
  if (type === 'start') return { type, id, payload: readStart(message.payload) };
  throw new SyntaxError(`Expected connection_init, start or stop, got ${JSON.stringify(type)}.`);
}

function readStart(given: unknown): StartPayload {
  const { data, extensions } = asObject(given, 'a payload');
  if (typeof data !== 'string') throw new SyntaxError('Expected payload.data to be a text.');
  const { authorization } = asObject(extensions, 'payload.extensions');
  return { data, authorization: readHeaders(authorization) };
}

/** Headers in an object, with names in lower case. @throws SyntaxError */
export function readHeaders(given: unknown): Record<string, string> {
  const headers = Object.entries(asObject(given, 'headers in an object'));
  return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function asObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw new SyntaxError(`Expected ${what}, got ${typeof value}.`);
}

/** @throws SyntaxError */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('Expected JSON.');
  }
}
