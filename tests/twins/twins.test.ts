import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { appsyncDoor } from '#tests/contract/appsyncDoor.ts';
import type { RunningDoor } from '#tests/contract/door.ts';
import { federatedDoor } from '#tests/contract/federatedDoor.ts';
import { anAction } from './arbitraries.ts';
import { findDisagreement, type OpenDoors } from './compare.ts';

const DOORS = [
  federatedDoor({ name: 'federated', subgraphs: 'in-process' }),
  appsyncDoor('appsync'),
];
const FIVE_MINUTES = 5 * 60_000;

test(
  'whatever is done in whatever order, both doors answer the same',
  async () => {
    const sequence = fc.array(anAction, { maxLength: 40, size: 'max' });
    const compare = fc.asyncProperty(sequence, async (actions) => {
      expect(await findDisagreement(actions, open)).toBeUndefined();
    });
    await fc.assert(compare, { numRuns: 60, interruptAfterTimeLimit: FIVE_MINUTES / 2 });
  },
  FIVE_MINUTES,
);

const open: { doors: OpenDoors['doors']; aheadMs: number } = { doors: [], aheadMs: 0 };
let running: readonly RunningDoor[] = [];
beforeAll(async () => {
  running = await Promise.all(DOORS.map((door) => door.start()));
  open.doors = running.map((door, index) => [String(DOORS[index]?.name), door]);
});
afterAll(async () => {
  await Promise.all(running.map((door) => door.stop()));
});
