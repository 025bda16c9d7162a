import { isLoopbackHost, isLoopbackOrigin } from '#domain/viewer/loopback.ts';
import { Refusal } from './errors.ts';

/** Whose pages may use the API: exact origins such as `https://memopad.example`, `*` among them for every page, or every page of this machine. */
export type AllowedOrigins = readonly string[] | 'loopback';

type Headers = Readonly<Record<string, string>>;

/** How long browsers may remember the answer to a preflight: 2 hours, the most that Chromium takes. */
const PREFLIGHT_MAX_AGE_SECONDS = 7_200;

/** Our own headers and those that GraphQL clients send by themselves. */
const ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  'x-request-id',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollographql-client-name',
  'apollographql-client-version',
].join(', ');

/** The rules about pages of other origins. */
export interface Origins {
  /** Refuses what a page of a foreign site, or a name that leads here by a trick, has sent. @throws Refusal 403 */
  check(headers: Headers): void;
  /** What lets the page that sent a request read the answer; never with cookies. https://fetch.spec.whatwg.org/#http-cors-protocol */
  corsHeaders(headers: Headers): Headers;
  /** What lets a page send such a request at all. https://fetch.spec.whatwg.org/#cors-preflight-fetch */
  preflightHeaders(headers: Headers): Headers;
}

export function createOrigins(allowed: AllowedOrigins): Origins {
  const isAllowed = (origin: string | undefined): origin is string =>
    origin !== undefined &&
    (allowed === 'loopback'
      ? isLoopbackOrigin(origin)
      : allowed.includes('*') || allowed.includes(origin));
  const corsHeaders = ({ origin }: Headers): Headers =>
    isAllowed(origin) ? allowReading(origin) : FOR_NO_PAGE;
  return {
    check: ({ host, origin, 'sec-fetch-site': site }) => {
      if (allowed === 'loopback') refuseForeignHost(host);
      // A page that isn't allowed can't POST JSON (the preflight fails) but it can GET: with a link,
      // an image, a script. Browsers tell: https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
      if (site === 'cross-site' && !isAllowed(origin)) {
        throw new Refusal(403, 'FORBIDDEN', 'Expected a request from an allowed site.');
      }
    },
    corsHeaders,
    preflightHeaders: (headers) =>
      isAllowed(headers.origin) ? { ...corsHeaders(headers), ...PREFLIGHT } : FOR_NO_PAGE,
  };
}

const FOR_NO_PAGE: Headers = { vary: 'Origin' };

const PREFLIGHT: Headers = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': ALLOWED_HEADERS,
  'access-control-max-age': String(PREFLIGHT_MAX_AGE_SECONDS),
};

function allowReading(origin: string): Headers {
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, retry-after',
  };
}

/**
 * On a laptop a foreign page could rebind its own name to 127.0.0.1 and would then be of the same
 * origin as we are; but the browser still sends that name. Callers inside the process send none.
 */
function refuseForeignHost(host: string | undefined): void {
  if (host === undefined || isLoopbackHost(host)) return;
  throw new Refusal(403, 'FORBIDDEN', 'Expected a Host header that names this machine: localhost.');
}
