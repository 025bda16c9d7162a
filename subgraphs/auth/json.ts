import type { HttpResponse } from '#domain/viewer/httpMessage.ts';

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export function json({ status, body, headers }: JsonAnswer): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
