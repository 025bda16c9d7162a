import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import type { SignedClient } from './signedClient.ts';

/**
 * A subgraph that is a Lambda function, called directly: no public endpoint, the gateway's role alone
 * may invoke it. The payload is the SubgraphRequest, the answer the SubgraphResponse.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @param functionName name or ARN
 */
export function lambdaSubgraph(client: SignedClient, functionName: string): Subgraph {
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  return async (request) => {
    const { status, headers, body } = await client(path, JSON.stringify(request));
    const failure = headers['x-amz-function-error'];
    if (status === 200 && failure === undefined) return JSON.parse(body);
    // The body of a failure may hold what the function was given, so only its kind is told.
    throw new Error(`Expected ${functionName} to answer, got status ${status} ${failure ?? ''}`);
  };
}
