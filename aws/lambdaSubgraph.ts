import { SubgraphOutOfReach } from '#domain/viewer/subgraphOutOfReach.ts';
import {
  isSubgraphResponse,
  type Subgraph,
  type SubgraphRequest,
  type SubgraphResponse,
} from '#domain/viewer/subgraphRequest.ts';
import { RequestFailed } from './httpClient.ts';
import { type Outcome, type SendAgainOptions, sendAgain } from './sendAgain.ts';
import type { SignedClient } from './signedClient.ts';

export interface LambdaSubgraphOptions extends Pick<SendAgainOptions, 'wait' | 'random'> {
  /** Of the service `lambda`. */
  readonly client: SignedClient;
  /** Name or ARN. */
  readonly functionName: string;
}

const TOO_MANY_REQUESTS = 429;

/**
 * A subgraph that is a Lambda function, called directly: no public endpoint, the gateway's role alone
 * may invoke it. The payload is the SubgraphRequest, the answer the SubgraphResponse.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 *
 * What did not run is tried again: an invocation that Lambda refused for being too many, or that
 * nobody took. What may have run is tried again when it only reads.
 * @throws SubgraphOutOfReach
 */
export function lambdaSubgraph(options: LambdaSubgraphOptions): Subgraph {
  const { client, functionName, wait, random } = options;
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  return async (request) => {
    const body = JSON.stringify(request);
    const outcome = await sendAgain({
      send: () => client(path, body, HEADERS),
      mayTryAgain: (one) => mayTryAgain(one, request),
      wait,
      random,
    });
    return readAnswer(outcome, functionName);
  };
}

const HEADERS = { 'content-type': 'application/json' };

function mayTryAgain(answer: Outcome, { query }: SubgraphRequest): boolean {
  const onlyReads = query.startsWith('query') || query.startsWith('{');
  if (answer instanceof RequestFailed) {
    return answer.neverSent || (onlyReads && answer.code !== 'ETIMEDOUT');
  }
  return answer.status === TOO_MANY_REQUESTS || (onlyReads && answer.status >= 500);
}

function readAnswer(answer: Outcome, functionName: string): SubgraphResponse {
  const refuse = (what: string, cause?: unknown): never => {
    throw new SubgraphOutOfReach(functionName, what, cause);
  };
  if (answer instanceof RequestFailed) return refuse(answer.code, answer);
  const { status, headers, body } = answer;
  // The rest of a failure's body may quote what the function was given.
  if (status !== 200) {
    return refuse(`it answered with status ${status} ${headers['x-amzn-errortype'] ?? ''}`.trim());
  }
  const response = parse(body);
  if (headers['x-amz-function-error']) return refuse(`its function failed: ${kindOf(response)}`);
  return isSubgraphResponse(response) ? response : refuse('its answer is no GraphQL response');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Sandbox.Timedout`, `Runtime.OutOfMemory`, or the class of what it threw. */
function kindOf(failure: unknown): string {
  const kind = (failure as { errorType?: unknown } | undefined)?.errorType;
  return typeof kind === 'string' && /^[\w.]{1,100}$/.test(kind) ? kind : 'for an unknown reason';
}
