import { ConnectionGone, type Connections, PostFailed } from '#live/push/connections.ts';

export type Frame = Readonly<Record<string, unknown>>;

/** What becomes of a post: it arrives, nobody is there, it fails, or it arrives and fails all the same. */
export type Fate = 'ARRIVES' | 'GONE' | 'FAILS' | 'FAILS_AFTER';

/** The other ends of sockets, in memory. */
export interface FakeConnections extends Connections {
  /** What has arrived at a connection. */
  frames(connectionId: string): Frame[];
  readonly closed: string[];
  /** How many posts are in flight now and were at most. */
  readonly inFlight: { now: number; most: number };
  /** Decides what becomes of each post to a connection. */
  decide(connectionId: string, fate: () => Fate): void;
  /** How many posts a connection was sent, whatever became of them. */
  posts(connectionId: string): number;
}

export function createFakeConnections(): FakeConnections {
  const [frames, fates, posts] = [
    new Map<string, Frame[]>(),
    new Map<string, () => Fate>(),
    new Map<string, number>(),
  ];
  const closed: string[] = [];
  const inFlight = { now: 0, most: 0 };
  const framesOf = (connectionId: string): Frame[] => {
    const known = frames.get(connectionId) ?? [];
    frames.set(connectionId, known);
    return known;
  };
  return {
    closed,
    inFlight,
    frames: framesOf,
    posts: (connectionId) => posts.get(connectionId) ?? 0,
    decide: (connectionId, fate) => fates.set(connectionId, fate),
    async post(connectionId, text) {
      posts.set(connectionId, (posts.get(connectionId) ?? 0) + 1);
      inFlight.now += 1;
      inFlight.most = Math.max(inFlight.most, inFlight.now);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight.now -= 1;
      const fate = fates.get(connectionId)?.() ?? 'ARRIVES';
      if (fate === 'GONE' || closed.includes(connectionId)) throw new ConnectionGone('Gone.');
      if (fate !== 'FAILS') framesOf(connectionId).push(JSON.parse(text));
      if (fate !== 'ARRIVES') throw new PostFailed('status 429');
    },
    async close(connectionId) {
      closed.push(connectionId);
    },
  };
}
