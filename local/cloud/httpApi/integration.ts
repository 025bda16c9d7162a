import { arn } from '#local/cloud/account.ts';
import type { InvocationResult, LambdaFunctions } from '#local/cloud/lambda/functions.ts';
import { ServiceError } from '#local/cloud/lambda/serviceError.ts';
import type { Outcome } from './accessLog.ts';
import { readAnswer } from './answer.ts';
import { withCors } from './cors.ts';
import type { HttpApiDefinition } from './definition.ts';
import { makeEvent } from './event.ts';
import { type ApiRequest, say } from './message.ts';
import type { RouteMatch } from './routes.ts';

export interface Integration {
  readonly definition: HttpApiDefinition;
  readonly options: IntegrationOptions;
}

export interface IntegrationOptions {
  /** Runs a function with an event as JSON. */
  readonly invoke: LambdaFunctions['invoke'];
  /** How long a function may take: 30 s. */
  readonly integrationTimeoutMs?: number | undefined;
}

export interface Arrival {
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly timeMs: number;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const INTEGRATION_TIMEOUT_MS = 30_000;

export type Integrated = Pick<Outcome, 'answer' | 'integrationStatus' | 'integrationError'>;

/** Has the function of a route answer a request. */
export async function integrate(
  { definition, options }: Integration,
  arrival: Arrival & { readonly match: RouteMatch; readonly path: string },
): Promise<Integrated> {
  const { request, match } = arrival;
  const { functionArn, routeKey } = match.route;
  if (!definition.mayInvoke(functionArn, sourceArn(definition, request, routeKey))) {
    return fail(NOT_PERMITTED);
  }
  const event = makeEvent({ definition, ...arrival });
  const trace = event.headers['x-amzn-trace-id'];
  const running = options.invoke(functionArn, JSON.stringify(event), 'RequestResponse', trace);
  const result = await within(options.integrationTimeoutMs ?? INTEGRATION_TIMEOUT_MS, running);
  if (result === 'TIMED_OUT') {
    // https://github.com/compiler-explorer/explain/pull/19: 503, not the 504 of REST APIs.
    return { answer: say(503, 'Service Unavailable'), integrationError: 'Timed out.' };
  }
  if (result instanceof ServiceError) return refuse(result);
  if (result.functionError) return fail(`The Lambda function failed: ${result.functionError}.`);
  const answer = readAnswer(result.payload);
  if (!answer) return fail("The Lambda function's answer isn't what payload format 2.0 asks for.");
  const { cors } = definition;
  const integrationStatus = answer.status;
  return { answer: cors ? withCors(cors, request, answer) : answer, integrationStatus };
}

/** https://repost.aws/knowledge-center/api-gateway-http-lambda-integrations */
const NOT_PERMITTED =
  "The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration. Check the permissions and try again.";

/** The route's path, variables and all: that is what permissions name. */
function sourceArn({ apiId, stage }: HttpApiDefinition, { method }: ApiRequest, routeKey: string) {
  const [, path] = routeKey.split(' ');
  const resource = path === undefined ? routeKey : `${method}${path}`;
  return arn('execute-api', `${apiId}/${stage}/${resource}`);
}

function fail(integrationError: string): Integrated {
  return { answer: say(500, 'Internal Server Error'), integrationError };
}

/**
 * When Lambda doesn't take the event, throttled or not, that is a failure on the inside
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html), but for one that is
 * too large: https://github.com/aws/aws-lambda-dotnet, Tools/LambdaTestTool-v2, ToHttpApiV2RequestTooLargeResponse.
 */
function refuse({ code, message }: ServiceError): Integrated {
  return code === 'RequestEntityTooLargeException'
    ? { answer: say(413, 'Request Entity Too Large'), integrationError: message }
    : fail(message);
}

/** The function goes on when nobody waits for it any more. */
async function within(
  limitMs: number,
  running: Promise<InvocationResult>,
): Promise<InvocationResult | ServiceError | 'TIMED_OUT'> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'TIMED_OUT'>((resolve) => {
    timer = setTimeout(resolve, limitMs, 'TIMED_OUT');
  });
  try {
    return await Promise.race([running, timeout]);
  } catch (error) {
    return error instanceof ServiceError
      ? error
      : new ServiceError('ServiceException', String(error));
  } finally {
    clearTimeout(timer);
  }
}
