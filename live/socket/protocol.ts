/**
 * The words of graphql-transport-ws.
 * https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
 */
export const SUBPROTOCOL = 'graphql-transport-ws';

/** What a client sends. */
export type ClientMessage =
  | ConnectionInitMessage
  | SubscribeMessage
  | CompleteMessage
  | PingMessage
  | PongMessage;

/** `{authorization: "Bearer <access token>"}`: the token comes here, never in the URL. */
export interface ConnectionInitMessage {
  readonly type: 'connection_init';
  readonly payload?: Payload | null | undefined;
}

export interface SubscribeMessage {
  readonly type: 'subscribe';
  readonly id: string;
  readonly payload: {
    readonly query: string;
    readonly operationName?: string | null | undefined;
    readonly variables?: Payload | null | undefined;
    readonly extensions?: Payload | null | undefined;
  };
}

export interface CompleteMessage {
  readonly type: 'complete';
  readonly id: string;
}

export interface PingMessage {
  readonly type: 'ping';
  readonly payload?: Payload | null | undefined;
}

/** An answer to a ping; the one to a client's says in its payload how far the logs of the watched pads are: `{heads: {<padId>: <cursor>}}`. */
export interface PongMessage {
  readonly type: 'pong';
  readonly payload?: Payload | null | undefined;
}

/** What the server sends. */
export type ServerMessage =
  | { readonly type: 'connection_ack'; readonly payload?: Payload }
  | { readonly type: 'next'; readonly id: string; readonly payload: ResultPayload }
  | { readonly type: 'error'; readonly id: string; readonly payload: readonly ErrorPayload[] }
  | CompleteMessage
  | PongMessage;

export type Payload = Readonly<Record<string, unknown>>;

/** A GraphQL response (GraphQL specification, section 7.1). */
export interface ResultPayload {
  readonly data?: Payload | null;
  readonly errors?: readonly ErrorPayload[];
}

export interface ErrorPayload {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Payload | undefined;
}

export function writeMessage(message: ServerMessage): string {
  return JSON.stringify(message);
}
