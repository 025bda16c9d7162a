import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Door } from '#tests/contract/door.ts';
import { federatedDoor } from '#tests/contract/federatedDoor.ts';
import { anAction } from './arbitraries.ts';
import { findDisagreement, type OpenDoors } from './compare.ts';

const FEDERATED = federatedDoor({ name: 'federated', subgraphs: 'in-process' });
const OVER_HTTP = federatedDoor({ name: 'federated over HTTP', subgraphs: 'http' });

describe.each([[[FEDERATED, OVER_HTTP]]])('twins', (doors: readonly Door[]) => {
  const open = useDoors(doors);

  test('whatever is done in whatever order, every door answers the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAction, { maxLength: 40, size: 'max' }), async (actions) => {
        expect(await findDisagreement(actions, open)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
});

/** Opens the doors before the tests around it, and closes them after. */
function useDoors(doors: readonly Door[]): OpenDoors {
  const open: { doors: OpenDoors['doors']; aheadMs: number } = { doors: [], aheadMs: 0 };
  beforeAll(async () => {
    open.doors = await Promise.all(doors.map(async (door) => [door, await door.start()] as const));
  });
  afterAll(async () => {
    await Promise.all(open.doors.map(([, running]) => running.stop()));
  });
  return open;
}
