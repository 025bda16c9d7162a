import { randomBytes } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { formatAccessLog, type Outcome } from './accessLog.ts';
import { answerPreflight } from './cors.ts';
import type { HttpApiDefinition } from './definition.ts';
import { type Arrival, type IntegrationOptions, integrate } from './integration.ts';
import { type ApiAnswer, type ApiRequest, say } from './message.ts';
import { createRouter } from './routes.ts';
import { createTokenBucket } from './throttle.ts';

export interface ApiOptions extends IntegrationOptions {
  /** Gets a line for each request. */
  readonly accessLog?: ((line: string) => void) | undefined;
  /** Answers what the API has no route for. */
  readonly otherwise?: ((request: ApiRequest) => Promise<ApiAnswer>) | undefined;
  readonly clock?: Clock | undefined;
  readonly newRequestId?: (() => string) | undefined;
}

/** An HTTP API without its server. */
export function createApi(
  definition: HttpApiDefinition,
  options: ApiOptions,
): (request: ApiRequest) => Promise<ApiAnswer> {
  const { accessLog, clock = Date.now, newRequestId = makeRequestId } = options;
  const { accessLogFormat, throttle } = definition;
  const api: Api = {
    definition,
    options,
    clock,
    selectRoute: createRouter(definition.routes),
    mayPass: throttle ? createTokenBucket(throttle, clock) : () => true,
  };
  return async (request) => {
    const timeMs = clock();
    const requestId = newRequestId();
    const outcome = await respond(api, { request, requestId, timeMs });
    if (accessLog && accessLogFormat !== undefined) {
      const latencyMs = clock() - timeMs;
      const exchange = { definition, request, requestId, timeMs, latencyMs, outcome };
      accessLog(formatAccessLog(accessLogFormat, exchange));
    }
    const { answer } = outcome;
    return { ...answer, headers: { ...answer.headers, 'apigw-requestid': requestId } };
  };
}

interface Api {
  readonly definition: HttpApiDefinition;
  readonly options: ApiOptions;
  readonly clock: Clock;
  readonly selectRoute: ReturnType<typeof createRouter>;
  readonly mayPass: () => boolean;
}

async function respond(api: Api, arrival: Arrival): Promise<Outcome> {
  const { request } = arrival;
  const path = decodePath(request.path);
  if (!path) return { answer: say(400, 'Bad Request') };
  const match = api.selectRoute(request.method, path);
  if (!match) return { answer: await respondWithoutRoute(api, request) };
  const { routeKey } = match.route;
  if (!api.mayPass()) return { answer: say(429, 'Too Many Requests'), routeKey };
  const begunMs = api.clock();
  const result = await integrate(api, { ...arrival, match, path: `/${path.join('/')}` });
  return { ...result, routeKey, integrationLatencyMs: api.clock() - begunMs };
}

/** `/a%20b/c` → `['a b', 'c']`; undefined when an escape is broken. */
function decodePath(path: string): string[] | undefined {
  try {
    return path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/**
 * A preflight goes to a route that takes OPTIONS, if there is one, like any other request
 * (https://github.com/anomalyco/sst/issues/5493); else the API answers it itself.
 */
async function respondWithoutRoute(
  { definition, options }: Api,
  request: ApiRequest,
): Promise<ApiAnswer> {
  if (definition.cors && request.method === 'OPTIONS') {
    return answerPreflight(definition.cors, request);
  }
  return options.otherwise ? options.otherwise(request) : say(404, 'Not Found');
}

/** Like `JCJpvgQCvHcEPjA=`. */
const makeRequestId = (): string => randomBytes(11).toString('base64');
