import { PAD_SORT_KEY } from '#table/keys.ts';
import type { PadRemains } from '#table/memo/padRemains.ts';
import { padIdOf } from './readRecord.ts';
import type { StreamRecord } from './streamRecord.ts';

/** What one call removes at most: some seconds of work. */
const ROWS_AT_ONCE = 500;

/** Removes some of what a deleted pad has left, and has the rest removed later. */
export type CleanUp = (padId: string) => Promise<void>;

export function createCleanUp(
  remains: PadRemains,
  cleanUpLater: (padId: string) => Promise<void>,
): CleanUp {
  return async (padId) => {
    if ((await remains.removeSome(padId, ROWS_AT_ONCE)) === 'MORE') await cleanUpLater(padId);
  };
}

/** The pads that these records delete. */
export function deletedPads(records: readonly StreamRecord[]): string[] {
  const deleting = records.filter(({ dynamodb }) => {
    const isPad = dynamodb?.Keys?.SK?.S === PAD_SORT_KEY;
    return isPad && dynamodb?.NewImage?.deletedAt && !dynamodb.OldImage?.deletedAt;
  });
  return deleting.flatMap((record) => padIdOf(record) ?? []);
}
