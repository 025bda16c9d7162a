import { afterEach, describe, expect, test } from '@jest/globals';
import { lambdaSubgraph } from '#aws/lambdaSubgraph.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { type Endpoint, startEndpoint } from '#local/cloud/endpoint.ts';
import { createCallers } from '#local/cloud/iam/callers.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { createInvokeApi } from '#local/cloud/lambda/invokeApi.ts';
import { FUNCTION_ARN, useFunctions } from './useFunctions.ts';

const start = useFunctions();
const endpoints: Endpoint[] = [];
afterEach(async () => {
  await Promise.all(endpoints.splice(0).map((endpoint) => endpoint.close()));
});

const SUBGRAPH = `export const handler = async ({ query, requestId }) => {
  if (query === 'fail') throw new RangeError('what it was given');
  return { data: { echo: query + ' ' + requestId } };
};`;
const MAY_INVOKE: Statement = {
  Effect: 'Allow',
  Action: 'lambda:InvokeFunction',
  Resource: FUNCTION_ARN,
};
const REQUEST = { query: '{ me { id } }', requestId: 'r1', client: { sourceIp: '127.0.0.1' } };

async function connect(statements: readonly Statement[]) {
  const { functions } = start(SUBGRAPH);
  const callers = createCallers();
  const endpoint = await startEndpoint({
    port: 0,
    callers,
    services: [createInvokeApi(functions)],
    log: () => {},
  });
  endpoints.push(endpoint);
  const principal = 'arn:aws:sts::000000000000:assumed-role/gateway/gateway';
  const client = createSignedClient({
    service: 'lambda',
    region: 'ap-northeast-2',
    endpoint: endpoint.url,
    credentials: callers.add({ principal, statements }),
    timeoutMs: 10_000,
  });
  return lambdaSubgraph({ client, functionName: 'greeter' });
}

describe('the gateway’s way to a subgraph', () => {
  test('ends in the function and comes back', async () => {
    const subgraph = await connect([MAY_INVOKE]);
    expect(await subgraph(REQUEST)).toEqual({ data: { echo: '{ me { id } } r1' } });
  });

  test('tells the kind of a failure', async () => {
    const subgraph = await connect([MAY_INVOKE]);
    await expect(subgraph({ ...REQUEST, query: 'fail' })).rejects.toThrow(/RangeError/);
  });

  test('is closed without a grant', async () => {
    const subgraph = await connect([]);
    await expect(subgraph(REQUEST)).rejects.toThrow(/403 AccessDeniedException/);
  });
});
