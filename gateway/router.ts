import type { HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';
import type { RequestTrace } from './context.ts';
import { Refusal } from './errors.ts';

/** Answers one request. @throws Refusal */
export type Answer = (
  request: HttpRequest,
  requestId: string,
  trace: RequestTrace,
) => Promise<HttpResponse>;

/** What answers, by path and method: `{ '/health': { GET: answerHealth } }`. */
export type Routes = ReadonlyMap<string, ReadonlyMap<string, Answer>>;

/** Finds what answers a request. @throws Refusal 404 or 405 (RFC 9110 sections 15.5.5 and 15.5.6) */
export function findAnswer(routes: Routes, { path, method }: HttpRequest): Answer {
  const methods = routes.get(path);
  if (!methods) {
    const paths = [...routes.keys()].join(' or ');
    throw new Refusal(404, 'NOT_FOUND', `Expected the path ${paths}.`);
  }
  const answer = methods.get(method);
  if (answer) return answer;
  const allow = [...methods.keys()].join(', ');
  throw new Refusal(405, 'BAD_USER_INPUT', `Expected the method ${allow}.`, { allow });
}
