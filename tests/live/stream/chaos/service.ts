import { randomBytes } from 'node:crypto';
import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import type { Push } from '#live/push/push.ts';
import { createDrain } from '#live/stream/drain.ts';
import { createFollow, type Follow } from '#live/stream/follow.ts';
import { rememberHeads } from '#live/stream/rememberHeads.ts';
import { createSequencer } from '#live/stream/sequencer.ts';
import type { Table } from '#table/dynamoDb.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import type {
  LiveSubscription,
  SubscriptionKey,
  SubscriptionStore,
} from '#table/live/subscriptions.ts';
import { Crash, type Dice } from './dice.ts';
import type { Sockets } from './sockets.ts';

export interface ServiceOptions {
  readonly table: Table;
  readonly dice: Dice;
  readonly sockets: Sockets;
}

export interface Service {
  /** One instance of the stream function: a new one remembers nothing. */
  newInstance(): Follow;
  drain(padId: string): Promise<void>;
  subscribe(connectionId: string, padId: string, since: number): Promise<void>;
  headOf(padId: string): Promise<number>;
}

const FOR_EVER = 4_000_000_000;
const REPLAYED_AT_ONCE = 50;
const HAND_OFFS = 5;

/** The live service, which dies at any of four places, its table refusing writes now and then. */
export function createService(options: ServiceOptions): Service {
  const { table, dice, sockets } = options;
  const busy = withConflicts(table, dice);
  const log = createChangeLog(busy, Date.now, () => dice.linger(2));
  const subscriptions = createSubscriptionStore(busy, Date.now, () => dice.linger(2));
  const read = createReader(log, dice);
  const fragile = {
    ...log,
    append: async (...given: Parameters<typeof log.append>) => {
      const outcome = await log.append(...given);
      dice.mayCrash(0.01, 'after a change was appended');
      return outcome;
    },
    markPushed: async (padId: string, seq: number) => {
      dice.mayCrash(0.03, 'after posts, before they are noted');
      await log.markPushed(padId, seq);
    },
  };
  const goLiveAnyway = async (key: SubscriptionKey, sent: number): Promise<void> => {
    await subscriptions.goLiveWithOverlap(key, sent + 1);
    await replay(key.connectionId, key.padId, sent);
  };
  /** How far it came; null when nobody is there any more. */
  const replay = async (connectionId: string, padId: string, since: number) => {
    let sent = since;
    for (;;) {
      const changes = await log.read(padId, sent, REPLAYED_AT_ONCE);
      if (changes.length === 0) return sent;
      if (!(await sockets.deliver(connectionId, changes))) return null;
      sent = changes.at(-1)?.seq ?? sent;
    }
  };
  const push = { deliver: createDeliver({ read, sockets, subscriptions }) } as unknown as Push;
  const drainOf = (changes: typeof fragile) => createDrain({ changes, subscriptions, push });
  const drain = drainOf(fragile);
  return {
    newInstance() {
      const changes = rememberHeads(fragile, Date.now);
      const inline = drainOf(changes);
      return createFollow({
        sequencer: createSequencer({
          ...{ log: changes, clock: Date.now, randomBytes, report: () => undefined },
          membersOf: async () => [],
        }),
        drain: async (padId, known) => {
          dice.mayCrash(0.02, 'after sequencing');
          await inline(padId, known);
        },
        drainLater: async (padId) => {
          if (dice.hits(0.5)) throw new Crash('the queue too');
          await drain(padId);
        },
        report: () => undefined,
      });
    },
    drain,
    headOf: async (padId) => (await log.head(padId)).seq,
    async subscribe(connectionId, padId, since) {
      const ofClient = { padId, connectionId, operationId: '1' };
      await subscriptions.startCatchingUp({
        ...ofClient,
        documentHash: 'docHash1',
        expiresAt: FOR_EVER,
      });
      let sent = await replay(connectionId, padId, since);
      for (let count = 1; sent !== null; count += 1) {
        dice.mayCrash(0.02, 'while subscribing');
        await dice.linger(10);
        if (count > HAND_OFFS) return goLiveAnyway(ofClient, sent);
        if ((await subscriptions.goLive(ofClient, sent + 1)) !== 'MORE') return;
        sent = await replay(connectionId, padId, sent);
      }
    },
  };
}

type Reader = (padId: string, from: number, to: number) => ReturnType<Log['read']>;
type Log = ReturnType<typeof createChangeLog>;

function createReader(log: Log, dice: Dice): Reader {
  return async (padId, from, to) => {
    await dice.linger(2);
    return log.read(padId, from, to - from);
  };
}

/** What live/push does: reads once for the group, and gives each watcher what is new to it. */
function createDeliver(means: {
  read: Reader;
  sockets: Sockets;
  subscriptions: SubscriptionStore;
}) {
  const { read, sockets, subscriptions } = means;
  return async (
    { padId }: { readonly padId: string },
    { from, toSeq }: { readonly from: { readonly seq: number }; readonly toSeq: number },
    recipients: readonly LiveSubscription[],
  ): Promise<void> => {
    const changes = await read(padId, from.seq, toSeq);
    const posts = recipients.map(async ({ connectionId, fromSeq }) => {
      const news = changes.filter(({ seq }) => seq >= fromSeq);
      if (await sockets.deliver(connectionId, news)) return;
      await subscriptions.removeConnection(connectionId);
    });
    await Promise.all(posts);
  };
}

/** AWS refuses a write of what a transaction has in hand; the embedded engine never does. */
function withConflicts(table: Table, dice: Dice): Table {
  const conflict = () => new TransactionConflictException({ message: 'busy', $metadata: {} });
  const send = async (...given: Parameters<Table['dynamoDb']['send']>) => {
    const isWrite = /^(Put|Update|Delete)/.test(given[0].constructor.name);
    if (isWrite && dice.hits(0.03)) throw conflict();
    return table.dynamoDb.send(...given);
  };
  return { ...table, dynamoDb: { send } as Table['dynamoDb'] };
}
