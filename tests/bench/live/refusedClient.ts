import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** How many connections an unmodified graphql-ws client makes that is refused. */
export async function countConnections(url: string, forMs: number): Promise<number> {
  let count = 0;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: 'Bearer not-a-token' },
    on: {
      connecting: () => {
        count += 1;
      },
    },
  });
  client.subscribe(
    { query: 'subscription { memoChanges(padId: "x") { to } }' },
    { next: () => {}, error: () => {}, complete: () => {} },
  );
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const made = count;
  // A socket that is just being made says so when it is ended.
  Promise.resolve(client.dispose()).catch(() => {});
  return made;
}
