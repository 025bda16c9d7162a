/**
 * What a WebSocket API sends its function, as far as we read it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 */
export interface SocketEvent {
  readonly requestContext: {
    /** `$connect`, `$disconnect`, the `type` of a message that has a route of its own, or `$default`. */
    readonly routeKey: string;
    readonly connectionId: string;
    /** When the connection was made: milliseconds since 1970. */
    readonly connectedAt?: number | undefined;
  };
  /** With `$connect` alone, names as they came. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** Of a route that answers, `body` goes to the client as a frame. */
export interface SocketAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export const DONE: SocketAnswer = { statusCode: 200 };
