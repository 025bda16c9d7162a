import type { Auth } from '#domain/auth/auth.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';
import { readRequestId } from '#domain/viewer/requestId.ts';
import { beginRequest } from '#domain/viewer/requestLog.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { describeIssuer, publishKeys } from './discovery.ts';
import { describeProblem, HttpProblem } from './httpProblem.ts';
import { answerSignIn } from './httpSignIn.ts';
import { answerToken } from './httpToken.ts';
import { json } from './json.ts';
import type { RequestTrace } from './requestTrace.ts';

export interface AuthHttpOptions {
  readonly auth: Auth;
  readonly issuer: string;
  readonly signingKey: SigningKey;
  /** Rejects when the service could not do its work. */
  readonly checkHealth: () => Promise<void>;
}

type Route = (request: HttpRequest, trace: RequestTrace) => HttpResponse | Promise<HttpResponse>;
type Routes = ReadonlyMap<string, Readonly<Record<string, Route>>>;

/** The service's own, public HTTP side. Who may call it from a browser is for whoever serves it to say. */
export function createAuthHttp(options: AuthHttpOptions): HttpHandler {
  const { auth, issuer, signingKey, checkHealth } = options;
  const routes: Routes = new Map(
    Object.entries({
      '/.well-known/openid-configuration': readOnly(() => describeIssuer(issuer)),
      '/.well-known/jwks.json': readOnly(() => publishKeys(signingKey)),
      '/health': readOnly(() => answerHealth(checkHealth)),
      '/sessions': { POST: answerSignIn.bind(null, auth) },
      '/token': { POST: answerToken.bind(null, auth) },
    }),
  );
  return async (request) => {
    const { clock, randomBytes, log } = auth;
    const newId = () => createUlid(clock(), randomBytes);
    const requestId = readRequestId(request.headers['x-request-id'], newId);
    const trace: RequestTrace = {};
    const finish = beginRequest(request, requestId, auth);
    const response = await answer(routes, request, trace).catch((error: unknown) =>
      describeProblem(error, requestId, trace, log),
    );
    finish(trace, response.status);
    return { ...response, headers: { 'x-request-id': requestId, ...response.headers } };
  };
}

/** A server leaves the body of an answer to HEAD out (RFC 9110 section 9.3.2). */
function readOnly(route: Route): Readonly<Record<string, Route>> {
  const head: Route = async (...given) => ({ ...(await route(...given)), body: '' });
  return { GET: route, HEAD: head };
}

async function answer(
  routes: Routes,
  request: HttpRequest,
  trace: RequestTrace,
): Promise<HttpResponse> {
  const route = findRoute(routes, request);
  trace.route = `${request.method} ${request.path}`;
  return route(request, trace);
}

function findRoute(routes: Routes, { method, path }: HttpRequest): Route {
  const methods = routes.get(path);
  if (!methods) {
    const description = `Expected one of ${[...routes.keys()].join(', ')}.`;
    throw new HttpProblem({ status: 404, error: 'not_found', description });
  }
  const route = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (route) return route;
  const allow = Object.keys(methods).join(', ');
  throw new HttpProblem({
    status: 405,
    error: 'method_not_allowed',
    description: `Expected ${allow}.`,
    headers: { allow },
  });
}

async function answerHealth(checkHealth: () => Promise<void>): Promise<HttpResponse> {
  try {
    await checkHealth();
    return json({ status: 200, body: { status: 'ok' }, headers: { 'cache-control': 'no-store' } });
  } catch (cause) {
    const description = 'The table can not be read right now.';
    throw new HttpProblem({ status: 503, error: 'unavailable', description, cause });
  }
}
