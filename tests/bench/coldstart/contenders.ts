export const PAD_ID = '01JZXQ00000000000000000P00';
export const ULID = '01JZXQ00000000000000000M00';
export const MEMO_ID = `${PAD_ID}.${ULID}`;

/** What the canned AWS tells. */
export interface Aws {
  readonly origin: string;
  readonly token: string;
}

export interface Contender {
  readonly name: string;
  /** The entry of a bundle made with esbuild's defaults; for ours the name of what is deployed. */
  readonly plain?: string;
  readonly deployed?: string;
  readonly event: (aws: Aws) => object;
  /** What shows that the answer is right. */
  readonly expected: string;
}

const MEMO_QUERY = 'query Cold($id: ID!) { memo(id: $id) { id title } }';
const GATEWAY_QUERY = 'query Cold($id: ID!) { memo(id: $id) { id title author { displayName } } }';

const toSubgraph = ({ token }: Aws): object => ({
  query: MEMO_QUERY,
  variables: { id: MEMO_ID },
  authorization: `Bearer ${token}`,
  client: { sourceIp: '192.0.2.1' },
  requestId: 'cold',
});

const toHttpApi =
  (method: 'GET' | 'POST', path: string, body = '') =>
  ({ token }: Aws): object => ({
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    requestContext: { http: { method, sourceIp: '192.0.2.1' } },
    body,
    isBase64Encoded: false,
  });

const toGateway = toHttpApi(
  'POST',
  '/graphql',
  JSON.stringify({ query: GATEWAY_QUERY, variables: { id: MEMO_ID } }),
);

const MEMO_TITLE = '"title":"Cold"';
const AUTHOR = '\\"displayName\\":\\"Person\\"';

export const GATEWAY: Contender = {
  name: 'gateway, as deployed',
  deployed: 'gateway',
  event: toGateway,
  expected: AUTHOR,
};

export const PLAIN_GATEWAY: Contender = {
  name: 'gateway, a plain bundle of the same packages',
  plain: 'gateway/handler.ts',
  event: toGateway,
  expected: AUTHOR,
};

export const MEMO_SUBGRAPH: Contender = {
  name: 'memo subgraph, as deployed',
  deployed: 'memoSubgraph',
  event: toSubgraph,
  expected: MEMO_TITLE,
};

export const APOLLO_SUBGRAPH: Contender = {
  name: 'Apollo Server + @apollo/subgraph + client-dynamodb',
  plain: 'tests/bench/coldstart/setups/apolloSubgraph.ts',
  event: toSubgraph,
  expected: MEMO_TITLE,
};

/** In the order of the report. */
export const CONTENDERS: readonly Contender[] = [
  GATEWAY,
  PLAIN_GATEWAY,
  MEMO_SUBGRAPH,
  {
    name: 'memo subgraph, a plain bundle of the same packages',
    plain: 'subgraphs/memo/handler.ts',
    event: toSubgraph,
    expected: MEMO_TITLE,
  },
  APOLLO_SUBGRAPH,
  {
    name: 'auth subgraph, as deployed',
    deployed: 'authSubgraph',
    event: () => ({ query: '{ __typename }', client: { sourceIp: '' }, requestId: 'cold' }),
    expected: '"__typename":"Query"',
  },
  {
    name: 'auth over HTTP, as deployed: its published keys',
    deployed: 'authHttp',
    event: toHttpApi('GET', '/.well-known/jwks.json'),
    expected: '\\"kty\\":\\"RSA\\"',
  },
  {
    name: 'watch tokens, as deployed',
    deployed: 'authWatch',
    event: () => ({ padId: PAD_ID }),
    expected: '"watchToken":"',
  },
  {
    name: 'what follows the stream, as deployed',
    deployed: 'liveStream',
    event: () => ({ Records: [] }),
    expected: '"batchItemFailures":[]',
  },
  {
    name: 'what drains, as deployed',
    deployed: 'liveDrain',
    event: () => ({ Records: [] }),
    expected: '"batchItemFailures":[]',
  },
  {
    name: 'the socket, as deployed: a connection',
    deployed: 'liveSocket',
    event: () => ({
      requestContext: { routeKey: '$connect', connectionId: 'cold', eventType: 'CONNECT' },
      headers: { 'Sec-WebSocket-Protocol': 'graphql-transport-ws' },
    }),
    expected: '"statusCode":200',
  },
  {
    name: 'nothing but Node',
    plain: 'tests/bench/coldstart/setups/hello.ts',
    event: () => ({}),
    expected: MEMO_TITLE,
  },
];
