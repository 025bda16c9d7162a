import { ACCOUNT } from '#local/cloud/account.ts';
import { newTrace } from '#local/cloud/lambda/traceId.ts';
import type { HttpApiDefinition } from './definition.ts';
import { type ApiRequest, headerOf } from './message.ts';
import type { RouteMatch } from './routes.ts';

export interface EventOptions {
  readonly definition: HttpApiDefinition;
  readonly request: ApiRequest;
  readonly match: RouteMatch;
  /** The decoded path. */
  readonly path: string;
  readonly requestId: string;
  readonly timeMs: number;
}

/** Between two machines only, or split off into `cookies`: RFC 9110 section 7.6.1. */
const NOT_PASSED_ON = new Set([
  'connection',
  'cookie',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * What a function gets, in payload format 2.0. Members without a value are left out. Escapes in the path are
 * decoded even in `rawPath`: so AWS recorded it in https://github.com/aws/aws-lambda-dotnet,
 * Tools/LambdaTestTool-v2/tests/Amazon.Lambda.TestTool.UnitTests/Snapshots/V2_*.json.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function makeEvent(options: EventOptions) {
  const { definition, request, match, path, requestId, timeMs } = options;
  const { apiId, stage } = definition;
  const { routeKey } = match.route;
  const cookies = splitCookies(request);
  return {
    version: definition.payloadFormat,
    routeKey,
    rawPath: path,
    rawQueryString: request.query,
    ...(cookies.length > 0 && { cookies }),
    headers: passHeaders(request, timeMs),
    ...(request.query && { queryStringParameters: readQuery(request.query) }),
    requestContext: {
      accountId: ACCOUNT,
      apiId,
      domainName: headerOf(request, 'host'),
      domainPrefix: apiId,
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headerOf(request, 'user-agent'),
      },
      requestId,
      routeKey,
      stage,
      time: clfTime(timeMs),
      timeEpoch: timeMs,
    },
    ...encodeBody(request),
    ...(Object.keys(match.parameters).length > 0 && { pathParameters: match.parameters }),
  };
}

function splitCookies({ headers }: ApiRequest): string[] {
  return (headers.get('cookie') ?? []).flatMap((value) => value.split(/;\s*/)).filter(Boolean);
}

/** Lower case, values joined by commas, and what the machines in front of a function add. */
function passHeaders(request: ApiRequest, timeMs: number): Record<string, string> {
  const passed = [...request.headers].filter(([name]) => !NOT_PASSED_ON.has(name));
  const forwardedFor = [...(request.headers.get('x-forwarded-for') ?? []), request.sourceIp];
  return {
    // Also where there is no body: https://github.com/floci-io/floci/issues/2172
    'content-length': String(request.body.length),
    'x-amzn-trace-id': newTrace(timeMs),
    ...Object.fromEntries(passed.map(([name, values]) => [name, values.join(',')])),
    'x-forwarded-for': forwardedFor.join(', '),
    'x-forwarded-port': String(request.port),
    'x-forwarded-proto': 'http',
  };
}

/** Decoded; several of one name are joined by commas. */
function readQuery(query: string): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

/**
 * Text is what has one of these types, everything else is base64, also without a type: found out by
 * trying AWS, in https://github.com/ministackorg/ministack/pull/766.
 */
const TEXT_TYPE = /^(text\/.*|application\/(json|xml|javascript))$/;

function encodeBody(request: ApiRequest): { body?: string; isBase64Encoded: boolean } {
  const { body } = request;
  if (body.length === 0) return { isBase64Encoded: false };
  const [type = ''] = headerOf(request, 'content-type').split(';');
  const isText = TEXT_TYPE.test(type.trim().toLowerCase());
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `12/Mar/2020:19:03:58 +0000`, as web servers' logs have it. */
export function clfTime(timeMs: number): string {
  const [date = '', time = ''] = new Date(timeMs).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
