import { arn } from '#local/cloud/account.ts';
import type { LambdaFunctions } from '#local/cloud/lambda/functions.ts';
import type { WebSocketApiDefinition, WebSocketRoute } from './definition.ts';

/** What a function answered, or why there is no answer. */
export type Integrated =
  | {
      readonly kind: 'ANSWERED';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'FAILED'; readonly status: number; readonly why: string };

export interface Integration {
  readonly definition: WebSocketApiDefinition;
  readonly invoke: LambdaFunctions['invoke'];
  readonly timeoutMs: number;
}

/** Has the function of a route answer an event. Never rejects. */
export async function integrate(
  { definition, invoke, timeoutMs }: Integration,
  { functionArn, routeKey }: WebSocketRoute,
  event: object,
): Promise<Integrated> {
  const { apiId, stage, mayInvoke } = definition;
  if (!mayInvoke(functionArn, arn('execute-api', `${apiId}/${stage}/${routeKey}`))) {
    return { kind: 'FAILED', status: 500, why: NOT_PERMITTED };
  }
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<Integrated>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, TIMED_OUT);
  });
  const running = invoke(functionArn, JSON.stringify(event)).then(
    ({ functionError, payload }): Integrated =>
      functionError
        ? { kind: 'FAILED', status: 502, why: `The Lambda function failed: ${functionError}.` }
        : readAnswer(payload),
    (error): Integrated => ({ kind: 'FAILED', status: 500, why: String(error) }),
  );
  const result = await Promise.race([running, timedOut]);
  clearTimeout(timer);
  return result;
}

const TIMED_OUT: Integrated = { kind: 'FAILED', status: 504, why: 'Endpoint request timed out.' };

/** https://repost.aws/knowledge-center/api-gateway-http-lambda-integrations */
const NOT_PERMITTED = 'Invalid permissions on Lambda function';

/**
 * `{statusCode, headers, body}`. Anything else is "Malformed Lambda proxy response", as of REST APIs:
 * https://repost.aws/knowledge-center/malformed-502-api-gateway, and it may have no other members
 * (https://github.com/middyjs/middy/issues/1219).
 */
function readAnswer(payload: string): Integrated {
  const answer: unknown = payload === '' ? null : JSON.parse(payload);
  const { statusCode, headers, body = '', ...others } = Object(answer);
  const isKnown = Object.keys(others).every((name) => KNOWN.has(name));
  const isText = typeof body === 'string' || body === null;
  if (!Number.isInteger(statusCode) || !isText || !isKnown) {
    return { kind: 'FAILED', status: 502, why: 'Malformed Lambda proxy response' };
  }
  const lowered = Object.entries(Object(headers)).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return {
    kind: 'ANSWERED',
    status: statusCode,
    headers: Object.fromEntries(lowered),
    body: body ?? '',
  };
}

const KNOWN = new Set(['multiValueHeaders', 'isBase64Encoded']);
