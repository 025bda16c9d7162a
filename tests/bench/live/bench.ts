import { startEngine } from '#local/engine.ts';
import type { Bench, BenchOptions, Findings, Goal, Table } from '#tests/bench/harness/findings.ts';
import { type Costs, measureCosts } from './costs.ts';
import { measureLatency } from './latency.ts';
import { measureOverSockets, OTHERS, type OverSockets } from './overSockets.ts';
import { measurePeer, type PeerFindings } from './peer/measurePeer.ts';
import { RECORDED_PEER, recordedChaos } from './recorded.ts';

export const liveBench: Bench = {
  name: 'live',
  title: 'Live changes',
  about:
    'The templates as `npm start` runs them, and watchers of one pad over a socket each, all in one process. A memo is edited, and again when everybody was told: the time from the answer of the mutation until a watcher has the change, through stream, log, gateway and WebSocket API. Capacity units are what the engine says of its requests, without sockets and streams; tests/table/live and tests/live/costs.test.ts assert them exactly. graphql-lambda-subscriptions runs on the same engine as its README says: two tables, one topic, a filter by pad; it publishes events and has no log.',
  run,
};

const REFUSED_FOR_MS = 5_000;
const MUTATIONS = { quick: 40, whole: 1_000 };

async function run(options: BenchOptions): Promise<Findings> {
  const { quick, tell } = options;
  const latency = await measureLatency(options);
  const mutations = quick ? MUTATIONS.quick : MUTATIONS.whole;
  tell('what a change costs');
  const engine = await startEngine();
  try {
    const costs = await measureCosts(engine.endpoint);
    const peer = await measurePeerIfPossible(engine.endpoint, tell);
    tell('dead connections, refused clients, deliveries');
    const sockets = await measureOverSockets(mutations, REFUSED_FOR_MS);
    return {
      ...latency,
      tables: [...latency.tables, compare(costs, sockets, peer.findings, mutations)],
      goals: [...latency.goals, ...goalsOf(costs, sockets, mutations)],
      remarks: peer.remarks,
    };
  } finally {
    await engine.stop();
  }
}

interface PeerOrReason {
  readonly findings?: PeerFindings;
  readonly remarks: readonly string[];
}

async function measurePeerIfPossible(
  endpoint: string,
  tell: (line: string) => void,
): Promise<PeerOrReason> {
  const remarks = [
    'Recorded: measured when the change log was designed, under the same faults on the same engine, or over an API Gateway of its own; see docs/adr/0020.',
  ];
  tell('graphql-lambda-subscriptions 6.0.0');
  try {
    const findings = await measurePeer({ endpoint, tell, refusedForMs: REFUSED_FOR_MS });
    return { findings, remarks };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { remarks: [...remarks, `graphql-lambda-subscriptions wasn't in this run: ${reason}`] };
  }
}

function compare(
  { tenOfMany, all, alone, inBurst, executions }: Costs,
  { told, rowsLeft, refused, delivered }: OverSockets,
  peer: PeerFindings | undefined,
  mutations: number,
): Table {
  const units = (cost: { readonly read: number; readonly write: number }) =>
    `${short(cost.read)} RCU + ${short(cost.write)} WCU`;
  const burst = (cost: Costs['inBurst']) => `${units(cost)}, ${short(cost.postsEach)} posts`;
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['the whole mix of faults (tests/chaos/results.md)', recordedChaos(), RECORDED_PEER.chaos],
    ['mutations after caughtUp, delivered', `${delivered} of ${mutations}`, 'no caughtUp'],
    [
      'who watches, 10 of 1,000 in the pad',
      `${short(tenOfMany)} RCU`,
      peer ? `${short(peer.tenOfMany)} RCU` : RECORDED_PEER.fanOut,
    ],
    [
      'who watches, 1,000 in the pad',
      `${short(all)} RCU`,
      peer ? `${short(peer.all)} RCU` : RECORDED_PEER.fanOut,
    ],
    [
      'an event, 1 watcher',
      `${units(alone)}, the memo's write included`,
      peer && units(peer.alone),
    ],
    [
      'each of 25 at once, 1,000 watchers',
      `${burst(inBurst)} a watcher, the memo's write included`,
      peer && burst(peer.inBurst),
    ],
    ['executions, 1,000 equal subscriptions', short(executions), peer && short(peer.executions)],
    [
      'one dead connection',
      `${told} of ${OTHERS} others told, ${rowsLeft} rows of it left`,
      peer?.deadConnection,
    ],
    [
      'connections of a refused client in 5 s',
      short(refused),
      peer ? short(peer.refused) : RECORDED_PEER.refused,
    ],
  ];
  return {
    title: 'What a change costs, and what goes wrong',
    columns: ['what', 'Memopad', 'graphql-lambda-subscriptions 6.0.0'],
    rows: rows.map(([what, ours, theirs = 'not in this run']) => [what, ours, theirs]),
  };
}

/** No digits that say nothing. */
function short(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

function goalsOf(
  { tenOfMany, all, alone, inBurst, executions }: Costs,
  { told, rowsLeft, refused, delivered }: OverSockets,
  mutations: number,
): Goal[] {
  const atMost = (what: string, measured: number, limit: number, unit: string): Goal => ({
    ...{ id: 'L2', what, measured, unit },
    atMost: limit,
  });
  const atLeast = (what: string, measured: number, limit: number): Goal => ({
    ...{ id: 'L2', what, measured, unit: '' },
    atLeast: limit,
  });
  return [
    atLeast('mutations after caughtUp, delivered', delivered, mutations),
    atMost('who watches, 10 of 1,000', tenOfMany, 1, ' RCU'),
    atMost('who watches, 1,000', all, 16, ' RCU'),
    atMost('an event, 1 watcher, reads', alone.read, 4, ' RCU'),
    atMost('an event, 1 watcher, writes', alone.write, 6, ' WCU'),
    atMost('each of 25, 1,000 watchers, reads beside the edit’s own', inBurst.read, 0.9, ' RCU'),
    atMost('each of 25, 1,000 watchers, writes', inBurst.write, 4.1, ' WCU'),
    atMost('each of 25, 1,000 watchers, posts a watcher', inBurst.postsEach, 0.05, ''),
    atMost('executions, 1,000 equal subscriptions', executions, 1, ''),
    atLeast('others told, with one dead connection', told, OTHERS),
    atMost('rows of a dead connection left after a change', rowsLeft, 0, ''),
    atMost('connections of a refused client in 5 s', refused, 2, ''),
  ];
}
