import { MemopadError } from '#domain/errors.ts';
import type { VerifyCaller } from '#domain/viewer/accessToken.ts';
import type { HttpRequest } from '#domain/viewer/httpMessage.ts';
import { isWatch, type Viewer, type Watch } from '#domain/viewer/viewer.ts';
import type { Apollo } from './apollo.ts';
import { Refusal } from './errors.ts';
import { LIMITS } from './limits.ts';
import { negotiateMediaType, type ResponseMediaType, readContentType } from './mediaType.ts';
import { type GraphQLParameters, readBodyParameters, readSearchParameters } from './parameters.ts';
import type { Answer } from './router.ts';
import { isVisitor, WORDS_FOR_VISITORS } from './visitor.ts';

export interface GraphQLOverHttpOptions {
  readonly execute: Apollo['execute'];
  readonly verify: VerifyCaller;
}

/** GraphQL over HTTP as the specification's draft says, GET for queries included. https://graphql.github.io/graphql-over-http/draft/ */
export function createGraphQLOverHttp(options: GraphQLOverHttpOptions): Answer {
  const { execute, verify } = options;
  return async (request, requestId, trace) => {
    if (isVisitor(request)) return WORDS_FOR_VISITORS;
    const { headers, method, sourceIp } = request;
    const mediaType = chooseMediaType(headers.accept);
    const readOnly = method === 'GET';
    const parameters = readOnly ? readGet(request) : readPost(request);
    const { authorization, 'user-agent': userAgent } = headers;
    const caller = await identify(verify, authorization);
    if (caller && !isWatch(caller)) trace.userId = caller.userId;
    const client = { sourceIp, userAgent };
    const context = { requestId, authorization, client, readOnly, mediaType, trace };
    return execute(parameters, context);
  };
}

function chooseMediaType(accept: string | undefined): ResponseMediaType {
  const mediaType = negotiateMediaType(accept);
  if (mediaType) return mediaType;
  throw new Refusal(
    406,
    'BAD_USER_INPUT',
    'Expected Accept to allow application/graphql-response+json or application/json.',
  );
}

function readGet({ search }: HttpRequest): GraphQLParameters {
  if (search.length <= LIMITS.urlLength) return readSearchParameters(search);
  const message = `Expected a query string of at most ${LIMITS.urlLength} characters, got ${search.length}. Use POST.`;
  throw new Refusal(414, 'PAYLOAD_TOO_LARGE', message);
}

function readPost({ headers, body }: HttpRequest): GraphQLParameters {
  requireJson(headers);
  const bytes = Buffer.byteLength(body);
  if (bytes <= LIMITS.bodyBytes) return readBodyParameters(body);
  const message = `Expected a body of at most ${LIMITS.bodyBytes} bytes, got ${bytes}.`;
  throw new Refusal(413, 'PAYLOAD_TOO_LARGE', message);
}

/**
 * JSON alone also keeps foreign pages out: browsers let them send forms and plain text unasked, but
 * JSON only after a preflight. https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
function requireJson(headers: HttpRequest['headers']): void {
  const { 'content-type': contentType = '', 'content-encoding': encoding } = headers;
  const isJson =
    contentType === 'application/json' || readContentType(contentType) === 'application/json';
  if (!isJson) {
    const message = 'Expected Content-Type: application/json, in UTF-8.';
    throw new Refusal(415, 'BAD_USER_INPUT', message);
  }
  if (encoding !== undefined && encoding !== 'identity') {
    throw new Refusal(415, 'BAD_USER_INPUT', 'Expected a body without Content-Encoding.');
  }
}

/** A bad token refuses the whole request, so that no caller takes a public answer for their own. RFC 6750 section 3 */
async function identify(
  verify: VerifyCaller,
  authorization: string | undefined,
): Promise<Viewer | Watch | null> {
  try {
    return await verify(authorization);
  } catch (error) {
    if (!(error instanceof MemopadError) || error.code !== 'UNAUTHENTICATED') throw error;
    const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
    throw new Refusal(401, 'UNAUTHENTICATED', error.message, headers);
  }
}
