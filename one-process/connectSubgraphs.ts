import { randomBytes } from 'node:crypto';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { httpSubgraph } from '#gateway/httpSubgraph.ts';
import { serveSubgraph } from '#subgraphs/http.ts';
import { listen } from './nodeServer.ts';

export type SubgraphLink = 'in-process' | 'http';

interface Subgraphs {
  readonly auth: Subgraph;
  readonly memo: Subgraph;
}

/** The subgraphs as the gateway shall call them: as they are, or behind HTTP as they would be apart. */
export async function connectSubgraphs(
  { auth, memo }: Subgraphs,
  link: SubgraphLink = 'in-process',
): Promise<{ subgraphs: Subgraphs; close(): Promise<void> }> {
  if (link === 'in-process') return { subgraphs: { auth, memo }, close: async () => {} };
  const links = await Promise.all([putBehindHttp(auth), putBehindHttp(memo)]);
  const [authLink, memoLink] = links;
  return {
    subgraphs: { auth: authLink.subgraph, memo: memoLink.subgraph },
    close: async () => {
      await Promise.all(links.map((one) => one.close()));
    },
  };
}

/** Answers name their cost and may be long; the gateway has limited what comes in. */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

async function putBehindHttp(
  served: Subgraph,
): Promise<{ subgraph: Subgraph; close(): Promise<void> }> {
  // Others on this machine can reach the port, but a subgraph is for the gateway alone.
  const secret = randomBytes(32).toString('base64url');
  const server = await listen(serveSubgraph({ subgraph: served, secret }), {
    port: 0,
    host: '127.0.0.1',
    maxBodyBytes: MAX_REQUEST_BYTES,
  });
  const { subgraph, close } = httpSubgraph({ url: `${server.url}/subgraph`, secret });
  return {
    subgraph,
    close: async () => {
      await close();
      await server.close();
    },
  };
}
