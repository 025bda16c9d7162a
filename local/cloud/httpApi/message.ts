/** A request as API Gateway sees it. */
export interface ApiRequest {
  readonly method: string;
  /** The path as it was sent, escapes and all. */
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  /** Names in lower case; every value a header came with. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
  readonly sourceIp: string;
  /** Ours, which the request was sent to. */
  readonly port: number;
}

export interface ApiAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

/** What API Gateway says itself: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
export function say(status: number, message: string): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
  };
}

/** The values a header came with as one; empty when it didn't come. */
export function headerOf({ headers }: Pick<ApiRequest, 'headers'>, name: string): string {
  return headers.get(name)?.join(',') ?? '';
}
