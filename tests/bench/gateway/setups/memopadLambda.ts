import { lambdaSubgraph } from '#aws/lambdaSubgraph.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { createBenchViewer, serveMemopad } from './memopad.ts';
import { readSetupOptions } from './options.ts';

/** Our gateway over signed Lambda Invokes, which the canned subgraphs answer as Lambda would. */
const { subgraphs } = readSetupOptions();

const subgraph = (endpoint: string, functionName: string) => {
  const client = createSignedClient({
    service: 'lambda',
    region: 'ap-northeast-2',
    endpoint,
    // A role's session token has about so many characters.
    credentials: {
      accessKeyId: 'AKIABENCH',
      secretAccessKey: 'bench',
      sessionToken: 'x'.repeat(800),
    },
    timeoutMs: 10_000,
  });
  return lambdaSubgraph({ client, functionName });
};

await serveMemopad(
  { auth: subgraph(subgraphs.auth, 'auth'), memo: subgraph(subgraphs.memo, 'memo') },
  await createBenchViewer(),
);
