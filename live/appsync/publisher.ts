import type { Log } from '#domain/log.ts';
import type { ChangeLog, LoggedChange } from '#domain/memo/changeLog.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { Drain } from '#live/stream/drain.ts';
import { pagesBehind } from '#live/stream/pagesBehind.ts';
import { type IsOver, TookTooLong } from '#live/stream/within.ts';
import type { ChangeLogWrites } from '#table/live/changeLogStore.ts';
import { type AppSyncApi, ENDED_AT_ONCE, PublishRefused } from './appSyncApi.ts';

export interface PublisherOptions {
  readonly changes: ChangeLog & Pick<ChangeLogWrites, 'storedHead' | 'markPublished'>;
  readonly api: AppSyncApi;
  readonly report: Log;
}

/**
 * Publishes through AppSync what a pad's log holds behind what was published, in order. Like a drain
 * it looks at what there is, and has a mark of its own: neither door waits for the other. What is
 * published twice, and what AppSync loses, its watchers find out by the cursors.
 *
 * Whoever is no longer a member is sent nothing of a page that says so: their subscriptions end first.
 */
export function createPublisher({ changes, api, report }: PublisherOptions): Drain {
  return async (padId, known = [], isOver = never) => {
    const { published } = await changes.storedHead(padId);
    const publish = createPublishSome(api, report);
    for await (const page of pagesBehind(published, padId, known, changes)) {
      await endWatching(padId, page, api);
      for (let rest = page; rest.length > 0; ) {
        if (isOver()) throw new TookTooLong('Expected to publish in time.');
        const told = await publish(padId, rest);
        await changes.markPublished(padId, told);
        rest = rest.filter(({ seq }) => seq > told);
      }
    }
  };
}

const never: IsOver = () => false;

async function endWatching(
  padId: string,
  page: readonly LoggedChange[],
  api: AppSyncApi,
): Promise<void> {
  const left = [...new Set(page.flatMap(({ leftUserId }) => leftUserId ?? []))];
  for (let start = 0; start < left.length; start += ENDED_AT_ONCE) {
    await api.endWatching(padId, left.slice(start, start + ENDED_AT_ONCE));
  }
}

/** The memos of so many changes are read at once; as nobody knows yet how large they are, those of the largest are 8 MB. */
const FIRST_SIZE = 25;

type PublishSome = (padId: string, rest: readonly LoggedChange[]) => Promise<number>;

/** Publishes the first of some changes: as many as the last message held twice over, for the memos of the others are read for nothing. */
function createPublishSome(api: AppSyncApi, report: Log): PublishSome {
  let size = FIRST_SIZE;
  return async (padId, rest) => {
    const changes = rest.slice(0, size);
    const told = await publishOrLess(padId, changes, api, report);
    size = 2 * changes.filter(({ seq }) => seq <= told).length;
    return told;
  };
}

/** A page that is refused may hold one change that no message can tell: nothing behind it shall wait for it. */
async function publishOrLess(
  padId: string,
  changes: readonly LoggedChange[],
  api: AppSyncApi,
  report: Log,
): Promise<number> {
  const first = changes.slice(0, 1);
  const tries = changes.length > 1 ? [changes, first] : [first];
  for (const some of tries) {
    try {
      return await api.publish({ padId, changes: some, bare: false });
    } catch (error) {
      if (!(error instanceof PublishRefused)) throw error;
      report({
        ...{ level: 'warn', message: 'not published', padId, changes: some.length },
        error: describeUnexpected(error),
      });
    }
  }
  return api.publish({ padId, changes: first, bare: true });
}
