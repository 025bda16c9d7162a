import type { Invoke } from '#aws/invokeFunction.ts';
import { PlainError } from '#domain/errors.ts';
import type { AskGateway, GatewayAnswer, GatewayRequest } from './askGateway.ts';
import type { WatchTokens } from './watchTokens.ts';

/** The gateway gave no GraphQL response. */
export class GatewayOutOfReach extends PlainError {}

export interface GatewayByLambdaOptions {
  /** Calls the gateway's function. */
  readonly invoke: Invoke;
  readonly watchTokens: WatchTokens;
}

const UNAUTHORIZED = 401;

/** Asks the gateway as the HTTP API in front of it would, under a watch token; one that it refuses is replaced once. */
export function createGatewayByLambda(options: GatewayByLambdaOptions): AskGateway {
  const { invoke, watchTokens } = options;
  const ask = async (request: GatewayRequest): Promise<Reply> => {
    const token = await watchTokens.of(request.padId);
    const answer = await invoke(writeEvent(request, token)).catch((cause: unknown) => {
      throw new GatewayOutOfReach('Expected the gateway to answer.', { cause });
    });
    return readReply(answer);
  };
  return async (request) => {
    const first = await ask(request);
    if (first.status !== UNAUTHORIZED) return first.answer;
    watchTokens.forget(request.padId);
    return (await ask(request)).answer;
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function writeEvent({ query, variables, requestId }: GatewayRequest, token: string): object {
  return {
    version: '2.0',
    rawPath: '/graphql',
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${token}`,
      'x-request-id': requestId,
      'user-agent': 'memopad-live',
    },
    requestContext: { http: { method: 'POST', path: '/graphql', sourceIp: '127.0.0.1' } },
    body: JSON.stringify({ query, variables }),
    isBase64Encoded: false,
  };
}

interface Reply {
  readonly status: number;
  readonly answer: GatewayAnswer;
}

function readReply(value: unknown): Reply {
  const { statusCode, body } = (value ?? {}) as { statusCode?: unknown; body?: unknown };
  const answer = parse(String(body));
  if (typeof statusCode !== 'number' || typeof answer !== 'object' || answer === null) {
    throw new GatewayOutOfReach('Expected a GraphQL response of the gateway.');
  }
  return { status: statusCode, answer };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
