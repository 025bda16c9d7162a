import type { HttpHandler, HttpRequest } from '#domain/viewer/httpMessage.ts';

/**
 * What an HTTP API sends a function, payload format 2.0, as far as we read it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export interface HttpApiEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: {
    readonly http: { readonly method: string; readonly sourceIp: string };
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface HttpApiAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** Serves an HTTP handler as the function behind an HTTP API. */
export function serveHttpApi(
  handler: HttpHandler,
): (event: HttpApiEvent) => Promise<HttpApiAnswer> {
  return async (event) => {
    const { status, headers, body } = await handler(toRequest(event));
    const isText = typeof body === 'string';
    return {
      statusCode: status,
      headers,
      body: isText ? body : Buffer.from(body).toString('base64'),
      isBase64Encoded: !isText,
    };
  };
}

function toRequest({
  rawPath,
  rawQueryString,
  headers,
  requestContext,
  ...event
}: HttpApiEvent): HttpRequest {
  const { method, sourceIp } = requestContext.http;
  const body = event.body ?? '';
  return {
    method,
    path: rawPath,
    search: rawQueryString ? `?${rawQueryString}` : '',
    headers,
    body: event.isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
    sourceIp,
  };
}
