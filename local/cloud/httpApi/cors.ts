import type { CorsConfiguration } from './definition.ts';
import { type ApiAnswer, type ApiRequest, headerOf } from './message.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * Answers a preflight that no route of the API takes. Without an origin, or from one that isn't allowed, it is
 * answered all the same, but without a word that would help a browser.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function answerPreflight(cors: CorsConfiguration, request: ApiRequest): ApiAnswer {
  const isAsked = headerOf(request, 'access-control-request-method') !== '';
  const origin = isAsked ? allowedOrigin(cors, request) : undefined;
  const headers = origin ? { ...forOrigin(cors, origin), ...forPreflight(cors) } : {};
  return { status: 204, headers, body: '' };
}

/** Puts the API's own CORS headers in the place of the function's. */
export function withCors(
  cors: CorsConfiguration,
  request: ApiRequest,
  answer: ApiAnswer,
): ApiAnswer {
  const own = Object.entries(answer.headers).filter(
    ([name]) => !name.startsWith('access-control-'),
  );
  const origin = allowedOrigin(cors, request);
  const headers = { ...Object.fromEntries(own), ...(origin && forOrigin(cors, origin)) };
  return { ...answer, headers };
}

/** What to call the origin in the answer: `*` where everybody may, else by its name. */
function allowedOrigin({ allowOrigins = [] }: CorsConfiguration, request: ApiRequest) {
  const origin = headerOf(request, 'origin');
  if (origin === '') return undefined;
  if (allowOrigins.includes('*')) return '*';
  return allowOrigins.some((allowed) => matches(allowed, origin)) ? origin : undefined;
}

/** `https://*` and `http://*` are the wildcards there are. */
function matches(allowed: string, origin: string): boolean {
  return allowed.endsWith('://*')
    ? origin.toLowerCase().startsWith(allowed.slice(0, -1).toLowerCase())
    : allowed.toLowerCase() === origin.toLowerCase();
}

function forOrigin(
  { allowCredentials, exposeHeaders }: CorsConfiguration,
  origin: string,
): Headers {
  return {
    'access-control-allow-origin': origin,
    ...(origin !== '*' && { vary: 'origin' }),
    ...(allowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(exposeHeaders?.length && { 'access-control-expose-headers': exposeHeaders.join(',') }),
  };
}

function forPreflight({ allowMethods, allowHeaders, maxAge }: CorsConfiguration): Headers {
  return {
    ...(allowMethods?.length && { 'access-control-allow-methods': allowMethods.join(',') }),
    ...(allowHeaders?.length && { 'access-control-allow-headers': allowHeaders.join(',') }),
    ...(maxAge !== undefined && { 'access-control-max-age': String(maxAge) }),
  };
}
