import { httpSubgraph } from '#gateway/httpSubgraph.ts';
import { createBenchViewer, serveMemopad } from './memopad.ts';
import { readSetupOptions } from './options.ts';

/** Our gateway over the canned HTTP subgraphs. */
const { subgraphs } = readSetupOptions();
const secret = 'bench';
await serveMemopad(
  {
    auth: httpSubgraph({ url: subgraphs.auth, secret }).subgraph,
    memo: httpSubgraph({ url: subgraphs.memo, secret }).subgraph,
  },
  await createBenchViewer(),
);
