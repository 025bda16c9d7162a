import { authSdl, memoSdl } from '#schema/generated/sdl.ts';
import { createSubgraph } from '#subgraphs/subgraph.ts';
import { authResolvers, memoResolvers } from '#tests/bench/gateway/schema.ts';
import { createBenchViewer, log, serveMemopad } from './memopad.ts';

/** Our gateway with both subgraphs in its own process, as in one-process mode, over data in memory. */
const viewer = await createBenchViewer();
const common = { verify: viewer.verify, createContext: () => ({}), log };
await serveMemopad(
  {
    auth: createSubgraph({ sdl: authSdl, resolvers: authResolvers, ...common }),
    memo: createSubgraph({ sdl: memoSdl, resolvers: memoResolvers, ...common }),
  },
  viewer,
);
