import { type ErrorCode, HTTP_STATUS } from '#domain/errors.ts';
import type { HttpResponse } from '#domain/viewer/httpMessage.ts';

/** What the server itself answers when no handler gets to see the request: a GraphQL error, the one shape all our clients read. */
export function refuse(
  code: ErrorCode,
  message: string,
  status: number = HTTP_STATUS[code],
): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ errors: [{ message, extensions: { code } }] }),
  };
}
