/**
 * Every Lambda bundle: the file it starts from, and how large it may become, in KB of gzip: what a
 * cold start fetches. A budget is a tenth more than the bundle had when it was last looked at, but
 * the gateway's, which is a goal.
 */
export const BUNDLES = {
  authSubgraph: { entry: 'subgraphs/auth/handler.ts', gzipKb: 220 },
  authHttp: { entry: 'subgraphs/auth/httpHandler.ts', gzipKb: 125 },
  authWatch: { entry: 'subgraphs/auth/watchHandler.ts', gzipKb: 8 },
  memoSubgraph: { entry: 'subgraphs/memo/handler.ts', gzipKb: 210 },
  gateway: { entry: 'gateway/handler.ts', gzipKb: 330 },
  liveStream: { entry: 'live/streamHandler.ts', gzipKb: 190 },
  liveDrain: { entry: 'live/drainHandler.ts', gzipKb: 186 },
  liveSocket: { entry: 'live/socketHandler.ts', gzipKb: 201 },
};

/** What must not be in a bundle, by the paths of its inputs, and why. */
export const FORBIDDEN = [
  {
    inputs: /node_modules\/@apollo\/composition\//,
    why: 'the supergraph is composed at build time',
  },
  { inputs: /node_modules\/(aws-cdk|constructs|cdk-nag)/, why: 'the cloud is described elsewhere' },
  {
    inputs: /node_modules\/@opentelemetry\//,
    why: 'it costs a fifth of a cold start and exports nothing',
  },
  {
    inputs:
      /node_modules\/(undici|node-fetch|make-fetch-happen|gaxios|@whatwg-node|@smithy\/fetch-http-handler)\//,
    why: 'requests go over node:http',
  },
  {
    inputs: /node_modules\/@apollo\/usage-reporting-protobuf\//,
    why: 'nothing is reported to Apollo',
  },
  {
    inputs: /node_modules\/@aws-sdk\/(credential-provider|nested-clients|token-providers)/,
    why: 'Lambda puts credentials into the environment',
  },
  { inputs: /^(client|infra|local|one-process|tests|web)\//, why: 'it is no part of a function' },
];

/** What may be there once at most: two copies of it don't know each other's objects. */
export const ONCE = ['graphql', 'jose'];
