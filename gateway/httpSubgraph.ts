import { type Dispatcher, Pool } from 'undici';
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
  const headers = { 'content-type': 'application/json', 'x-subgraph-secret': secret };
  const target = { method: 'POST', path: path + search, headers } as const;
  return {
    subgraph: (request) => send(pool, { ...target, body: JSON.stringify(request) }, url),
    close: () => pool.close(),
  };
}

/** Not `pool.request`: the stream it makes of every answer would cost a fifth of a call. */
function send(
  pool: Pool,
  options: Dispatcher.DispatchOptions,
  url: string,
): Promise<SubgraphResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        const answer = readResponse(status, chunks);
        if (typeof answer === 'string') reject(new SubgraphOutOfReach(url, answer));
        else resolve(answer);
      },
      onResponseError(_controller, cause: NodeJS.ErrnoException) {
        reject(new SubgraphOutOfReach(url, cause.code ?? cause.name, cause));
      },
    });
  });
}

/** The response, or what is wrong with it. */
function readResponse(status: number, chunks: readonly Buffer[]): SubgraphResponse | string {
  if (status !== 200) return `it answered with status ${status}`;
  const [first, ...others] = chunks;
  const bytes = first && others.length === 0 ? first : Buffer.concat(chunks);
  const response = parse(bytes.toString());
  if (response === undefined) return 'its answer could not be read as JSON';
  return isSubgraphResponse(response) ? response : 'its answer is no GraphQL response';
}

/** Undefined for what isn't JSON: the parser's own error quotes the text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
