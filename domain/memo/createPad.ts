import { type Clock, isoTime } from '#domain/clock.ts';
import { throwProblem } from '#domain/errors.ts';
import { createUlid, type RandomBytes } from '#domain/viewer/ulid.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { type Pad, padNameProblem, padSeenAs } from './pad.ts';
import { manyPadsProblem } from './padLimit.ts';
import type { PadStore } from './padStore.ts';

export interface CreatePadPorts {
  readonly pads: PadStore;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/**
 * Makes a shared pad with the viewer as its OWNER.
 *
 * @throws UNAUTHENTICATED; BAD_USER_INPUT, also for a viewer with 200 shared pads
 */
export async function createPad(
  { pads, clock, randomBytes }: CreatePadPorts,
  viewer: Viewer | null,
  name: string,
): Promise<Pad> {
  const { userId } = requireViewer(viewer);
  throwProblem(padNameProblem(name));
  throwProblem(manyPadsProblem(await pads.countPads(userId)));
  const now = clock();
  return retryWhileChanged(async () => {
    const id = createUlid(now, randomBytes);
    const pad = { id, name, createdAt: isoTime(now), memberCount: 1, ownerCount: 1 };
    const outcome = await pads.createPad(pad, userId);
    return outcome === 'DONE' ? padSeenAs('OWNER', pad) : outcome;
  });
}
