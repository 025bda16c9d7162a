import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createTestIssuer } from '#tests/support/issuer.ts';
import type { Units } from '#tests/support/meterClient.ts';
import { countConnections } from '../refusedClient.ts';
import { openPeer, type Peer } from './openPeer.ts';
import type { PeerEvent } from './packages.ts';

/** What the peer is measured by, under its own words: it publishes events, and keeps no log of them. */
export interface PeerFindings {
  /** Read units an event with 10 of 1,000 subscriptions, and with all of them, in its pad. */
  readonly tenOfMany: number;
  readonly all: number;
  /** An event of one subscription, without what wrote the memo. */
  readonly alone: Units;
  /** Of 25 events at once, each; posts for each subscription. */
  readonly inBurst: Units & { readonly postsEach: number };
  readonly executions: number;
  readonly deadConnection: string;
  /** Connections of a refused client. */
  readonly refused: number;
}

export interface PeerMeasuring {
  readonly endpoint: string;
  readonly tell: (line: string) => void;
  /** How long a refused client is watched. */
  readonly refusedForMs: number;
}

const MANY = 1_000;
const BURST = 25;
const OTHERS = 19;
const AT_ONCE = 20;
const QUERY = 'subscription ($padId: ID!) { memoChanged(padId: $padId) { id title body } }';
const eventIn = (padId: string) => ({
  topic: 'MEMO_CHANGED',
  payload: { padId, id: 'memo', title: 'Milk', body: 'and bread' },
});

/** @throws when it can't be installed */
export async function measurePeer(options: PeerMeasuring): Promise<PeerFindings> {
  const fanOut = await measureFanOut(options);
  return {
    ...fanOut,
    deadConnection: await measureDeadConnection(options),
    refused: await measureRefused(options),
  };
}

async function measureFanOut({ endpoint, tell }: PeerMeasuring) {
  let posts = 0;
  const post = () => {
    posts += 1;
  };
  const connections = { post, close: () => {} };
  const [few, many, single] = [
    await openPeer({ endpoint, tell, connections }),
    await openPeer({ endpoint, tell, connections }),
    await openPeer({ endpoint, tell, connections }),
  ];
  await subscribe(few, MANY - 10, 'other');
  await subscribe(few, 10, 'pad');
  await subscribe(many, MANY, 'pad');
  await subscribe(single, 1, 'pad');
  const publish = async (peer: Peer, count = 1): Promise<Units> => {
    Object.assign(peer.units, { read: 0, write: 0 });
    posts = 0;
    peer.executions.count = 0;
    await Promise.all(Array.from({ length: count }, () => peer.server.publish(eventIn('pad'))));
    return { ...peer.units };
  };
  const tenOfMany = (await publish(few)).read;
  const alone = await publish(single);
  const all = (await publish(many)).read;
  const executions = many.executions.count;
  const burst = await publish(many, BURST);
  const inBurst = {
    read: burst.read / BURST,
    write: burst.write / BURST,
    postsEach: posts / BURST / MANY,
  };
  return { tenOfMany, all, alone, inBurst, executions };
}

async function measureDeadConnection({ endpoint, tell }: PeerMeasuring): Promise<string> {
  const told = new Set<string>();
  const post = (connectionId: string, text: string): void => {
    if (connectionId === 'pad-0' && text.includes('"next"')) {
      throw Object.assign(new Error('Gone'), { statusCode: 410 });
    }
    if (text.includes('"next"')) told.add(connectionId);
  };
  const peer = await openPeer({ endpoint, tell, connections: { post, close: () => {} } });
  await subscribe(peer, OTHERS + 1, 'pad');
  const outcomes: string[] = [];
  for (const _ of Array(2)) {
    const outcome = peer.server.publish(eventIn('pad'));
    outcomes.push(
      await outcome.then(
        () => 'succeeds',
        () => 'fails',
      ),
    );
  }
  const [, second] = outcomes;
  return `${told.size} of ${OTHERS} told, publish ${second} each time, its row stays`;
}

/** A client that connects again and again, though it is told by a close that it isn't wanted. */
async function measureRefused({ endpoint, tell, refusedForMs }: PeerMeasuring): Promise<number> {
  const sockets = new Map<string, { send(text: string): void; close(code: number): void }>();
  const connections = {
    post: (id: string, text: string) => sockets.get(id)?.send(text),
    // The one code that API Gateway closes with.
    close: (id: string) => sockets.get(id)?.close(1000),
  };
  const peer = await openPeer({ endpoint, tell, connections, refuses: true });
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => {
    const connectionId = `refused-${sockets.size}`;
    sockets.set(connectionId, socket);
    socket.on('message', (body) => {
      void peer.server.webSocketHandler(eventOf(connectionId, String(body)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await countConnections(`ws://127.0.0.1:${port}`, refusedForMs);
  } finally {
    server.close();
  }
}

/** As front-end apps do, with a token of Memopad's: the peer keeps what comes with connection_init. */
async function subscribe({ server }: Peer, count: number, padId: string): Promise<void> {
  const { issue } = await createTestIssuer();
  const { token } = await issue({ userId: padId, sessionId: padId });
  const subscribeOne = async (index: number) => {
    const say = (message: object) =>
      server.webSocketHandler(eventOf(`${padId}-${index}`, JSON.stringify(message)));
    await say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    await say({ type: 'subscribe', id: '1', payload: { query: QUERY, variables: { padId } } });
  };
  for (let start = 0; start < count; start += AT_ONCE) {
    const length = Math.min(AT_ONCE, count - start);
    await Promise.all(Array.from({ length }, (_, index) => subscribeOne(start + index)));
  }
}

/** A message as API Gateway hands it over; the peer keeps the context, too. */
function eventOf(connectionId: string, body: string): PeerEvent {
  const now = Date.now();
  return {
    requestContext: {
      ...{ routeKey: '$default', eventType: 'MESSAGE', messageDirection: 'IN', stage: 'live' },
      ...{ messageId: 'L0SM9dOFvHcCIhw=', requestId: 'L0SM9cOFvHcFvHA=', apiId: 'abcdef1234' },
      ...{ extendedRequestId: 'L0SM9cOFvHcFvHA=', connectedAt: now, requestTimeEpoch: now },
      ...{ requestTime: '31/Jan/2026:09:30:00 +0000', connectionId },
      domainName: 'abcdef1234.execute-api.eu-central-1.amazonaws.com',
      identity: { sourceIp: '203.0.113.5' },
    },
    body,
  };
}
