import { type Clock, epochSeconds } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { LiveSubscription, SubscriptionStore } from '#table/live/subscriptions.ts';
import type { AskGateway, GatewayError } from './askGateway.ts';
import type { Connections } from './connections.ts';
import { END_ERRORS } from './endErrors.ts';
import { writeEnd, writeNext } from './frames.ts';
import { createPost } from './post.ts';
import type { Ended, Push, Replay, Stretch, WatchGroup } from './push.ts';
import { SubscriptionRefused } from './refusal.ts';
import { createReplay } from './replay.ts';
import { createRuns, type Runs } from './run.ts';
import type { Runnable } from './runnable.ts';
import { type Told, writeBatch } from './writeBatch.ts';

export interface PushOptions {
  readonly subscriptions: Pick<SubscriptionStore, 'document' | 'remove' | 'removeConnection'>;
  readonly askGateway: AskGateway;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly makeRequestId: () => string;
  readonly log: Log;
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** From 0 to 1, without 1. */
  readonly random: () => number;
}

export function createPush(options: PushOptions): Push & Replay {
  const { subscriptions, clock, log } = options;
  const runs = createRuns(options);
  const { post, disconnect } = createPost(options);

  /** Gives what kept the rows from being removed. */
  const endWith = async (ended: Ended, errors: readonly GatewayError[]): Promise<unknown> => {
    const trouble = await subscriptions.remove(ended).catch((error: unknown) => {
      log({ level: 'warn', message: 'rows left behind', error: describeUnexpected(error) });
      return error;
    });
    for (const text of writeEnd(ended.operationId, errors)) {
      if ((await post(ended.connectionId, text)) !== 'POSTED') break;
    }
    return trouble;
  };
  const end: Push['end'] = async (ended, reason) => {
    const trouble = await endWith(ended, [END_ERRORS[reason]]);
    if (trouble && reason !== 'TOKEN_EXPIRED') throw trouble;
  };

  const deliver: Push['deliver'] = async (group, stretch, recipients) => {
    const now = epochSeconds(clock());
    const expired = recipients.filter(({ expiresAt }) => expiresAt <= now);
    await Promise.all(expired.map((recipient) => end(recipient, 'TOKEN_EXPIRED')));
    const entitled = recipients.filter(({ expiresAt }) => expiresAt > now);
    try {
      await deliverPages({ runs, post }, group, stretch, entitled);
    } catch (error) {
      if (!(error instanceof SubscriptionRefused)) throw error;
      // It would be refused at every try: nobody of this group can be told anything any more.
      log({ level: 'error', message: 'document refused', documentHash: group.documentHash });
      await Promise.all(entitled.map((recipient) => endWith(recipient, error.errors)));
    }
  };

  return { deliver, post, end, disconnect, ...createReplay({ runs, post }) };
}

interface Means {
  readonly runs: Runs;
  readonly post: Push['post'];
}

async function deliverPages(
  { runs, post }: Means,
  group: WatchGroup,
  { from, toSeq }: Stretch,
  recipients: readonly LiveSubscription[],
): Promise<void> {
  let here = from;
  let open: readonly LiveSubscription[] = recipients.filter(({ fromSeq }) => fromSeq <= toSeq);
  if (open.length === 0) return;
  const runnable = await runs.runnable(group.documentHash);
  while (here.seq < toSeq && open.length > 0) {
    const ran = await runs.run(group, runnable, { from: here, first: toSeq - here.seq });
    open = await postAll(post, { ...ran, padId: group.padId, caughtUp: true }, runnable, open);
    if (ran.reset) return;
    here = ran.to;
  }
}

/** Posts everybody their part of a page, and says who is still there. */
async function postAll(
  post: Push['post'],
  told: Told,
  runnable: Runnable,
  recipients: readonly LiveSubscription[],
): Promise<readonly LiveSubscription[]> {
  const payloads = rememberPayloads(told, runnable);
  const isThere = await Promise.all(
    recipients.map(async ({ connectionId, operationId, fromSeq }) => {
      if (fromSeq > told.to.seq) return true;
      for (const payload of payloads(fromSeq - 1)) {
        const outcome = await post(connectionId, writeNext(operationId, payload));
        if (outcome !== 'POSTED') return false;
      }
      return true;
    }),
  );
  return recipients.filter((_, index) => isThere[index]);
}

/** Most recipients get the same text. */
function rememberPayloads(told: Told, runnable: Runnable): (afterSeq: number) => string[] {
  const known = new Map<number, string[]>();
  return (afterSeq) => {
    const start = Math.max(afterSeq, told.from.seq);
    const payloads = known.get(start) ?? writeBatch(told, runnable, start);
    known.set(start, payloads);
    return payloads;
  };
}
