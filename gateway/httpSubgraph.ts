import { Pool } from 'undici';
import { SubgraphOutOfReach } from '#domain/viewer/subgraphOutOfReach.ts';
import {
  isSubgraphResponse,
  type Subgraph,
  type SubgraphResponse,
} from '#domain/viewer/subgraphRequest.ts';

export interface HttpSubgraphOptions {
  /** Where the subgraph takes requests: `http://127.0.0.1:4001/subgraph`. */
  readonly url: string;
  /** Known to the gateway and the subgraph alone; goes into `x-subgraph-secret`. */
  readonly secret: string;
  /** How long the subgraph may take to start its answer, and to go on with it: milliseconds, 10_000 by default. */
  readonly timeoutMs?: number;
}

/** Connections to one subgraph; more requests than that wait for one. */
const CONNECTIONS = 128;
/** A subgraph on the same network accepts a connection at once or not at all. */
const CONNECT_TIMEOUT_MS = 2_000;

/**
 * A subgraph in another process, asked by HTTP over kept-alive connections: each request is a POST of
 * the SubgraphRequest as JSON, each response a SubgraphResponse with status 200.
 * @throws SubgraphOutOfReach
 */
export function httpSubgraph(options: HttpSubgraphOptions): {
  subgraph: Subgraph;
  close: () => Promise<void>;
} {
  const { url, secret, timeoutMs = 10_000 } = options;
  const { origin, pathname: path, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  });
  const target = { method: 'POST', path: path + search } as const;
  const headers = { 'content-type': 'application/json', 'x-subgraph-secret': secret };
  return {
    subgraph: async (request) => {
      const answer = await pool
        .request({ ...target, headers, body: JSON.stringify(request) })
        .catch((cause) => {
          throw new SubgraphOutOfReach(url, cause.code ?? cause.name, cause);
        });
      return readResponse(answer, url);
    },
    close: () => pool.close(),
  };
}

type Answer = Awaited<ReturnType<Pool['request']>>;

async function readResponse({ statusCode, body }: Answer, url: string): Promise<SubgraphResponse> {
  if (statusCode !== 200) {
    await body.dump();
    throw new SubgraphOutOfReach(url, `it answered with status ${statusCode}`);
  }
  const response = await body.json().catch((cause) => {
    throw new SubgraphOutOfReach(url, 'its answer could not be read as JSON', cause);
  });
  if (isSubgraphResponse(response)) return response;
  throw new SubgraphOutOfReach(url, 'its answer is no GraphQL response');
}
