/** What a service sees of an HTTP request, whichever server or Lambda event brought it. */
export interface HttpRequest {
  readonly method: string;
  /** The path alone: `/graphql`. */
  readonly path: string;
  /** The query string with its question mark, or empty: `?query={me{id}}`. */
  readonly search: string;
  /** Names in lower case; a header that came more than once has its values joined by `, ` (RFC 9110 section 5.3). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly sourceIp: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A service's HTTP side. It never rejects: an unexpected error is a 500 that hides its cause. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;
