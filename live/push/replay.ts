import { writeNext } from './frames.ts';
import type { PostOutcome, Push, Replay, Replayed } from './push.ts';
import type { Runs } from './run.ts';
import { makeRunnable, type Runnable } from './runnable.ts';
import { type Told, writeBatch } from './writeBatch.ts';

interface Means {
  readonly runs: Runs;
  readonly post: Push['post'];
}

/** What a subscription that is catching up is sent goes the way of all changes: the same query, the same posts. */
export function createReplay({ runs, post }: Means): Replay {
  const send = async (
    to: Addressee,
    told: Told,
    runnable: Runnable,
    signal?: AbortSignal,
  ): Promise<Sent> => {
    let bytes = 0;
    for (const payload of writeBatch(told, runnable)) {
      signal?.throwIfAborted();
      bytes += Buffer.byteLength(payload);
      const outcome = await post(to.connectionId, writeNext(to.operationId, payload));
      if (outcome !== 'POSTED') return { outcome, to: told.to, bytes };
    }
    return { outcome: 'POSTED', to: told.to, bytes };
  };
  const tell = async (
    to: Addressee & { readonly documentHash: string },
    word: Pick<Told, 'padId' | 'from' | 'to' | 'reset' | 'caughtUp'>,
  ): Promise<PostOutcome> => {
    const runnable = await runs.runnable(to.documentHash);
    return (await send(to, { ...word, batch: {}, errors: [] }, runnable)).outcome;
  };
  return {
    async tryOut(document, padId, from) {
      await runs.tryOut({ padId }, makeRunnable(document), from);
    },
    async replay(subscription, { from, toSeq }, signal) {
      const runnable = await runs.runnable(subscription.documentHash);
      const ran = await runs.run(subscription, runnable, { from, first: toSeq - from.seq });
      if (ran.reset) return { outcome: 'RESET', to: from, bytes: 0 };
      const told = { ...ran, padId: subscription.padId, caughtUp: false };
      return send(subscription, told, runnable, signal);
    },
    tellCaughtUp: (subscription, at) =>
      tell(subscription, { ...wordOf(subscription, at, at), caughtUp: true, reset: false }),
    tellReset: (subscription, { from, to }) =>
      tell(subscription, { ...wordOf(subscription, from, to), caughtUp: false, reset: true }),
  };
}

interface Sent extends Replayed {
  readonly outcome: PostOutcome;
}

interface Addressee {
  readonly connectionId: string;
  readonly operationId: string;
}

function wordOf(
  { padId }: { readonly padId: string },
  from: Told['from'],
  to: Told['to'],
): Pick<Told, 'padId' | 'from' | 'to'> {
  return { padId, from, to };
}
