import type { HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';

/** Whether somebody opened the API's address in a browser, which asks for a page and sends no query. */
export function isVisitor({ method, headers, search }: HttpRequest): boolean {
  if (method !== 'GET' || search !== '') return false;
  return headers.accept?.toLowerCase().includes('text/html') ?? false;
}

/** It isn't said as a redirect: only a laptop has a playground. */
export const WORDS_FOR_VISITORS: HttpResponse = {
  status: 400,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'This is the GraphQL API of Memopad, not a page: send it queries as JSON, with POST.\nWhere Memopad was started with `npm start`, there is a playground at /playground.\n',
};
