import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PadRole } from '#tests/contract/pads.ts';
import type { Stage } from '#tests/contract/stage.ts';
import { AccessModel, type Step } from './accessModel.ts';
import { type Played, playStep, seeAll, setUp } from './accessPlay.ts';

const RUNS = 25;
const MAX_STEPS = 25;

const actor = fc.nat({ max: 2 });
const memo = fc.nat({ max: 3 });
const title = fc.constantFrom('one', '둘', '3️⃣');
const role = fc.constantFrom<PadRole>('OWNER', 'EDITOR', 'VIEWER');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('createMemo' as const), actor, title }) },
  {
    weight: 8,
    arbitrary: fc.record({
      ...{ kind: fc.constant('updateMemo' as const), actor, memo, title },
      base: fc.constantFrom('NONE' as const, 'CURRENT' as const, 'STALE' as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('readMemo', 'trashMemo', 'restoreMemo', 'purgeMemo'),
      ...{ actor, memo },
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('emptyTrash', 'listMemos', 'leavePad', 'renamePad'),
      actor,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deletePad' as const), actor }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('setRole' as const), actor, target: actor, role }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('removeMember' as const), actor, target: actor }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('createInvite' as const), actor, role }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('revokeInvite', 'acceptInvite', 'acceptInvite'),
      ...{ actor, invite: fc.nat({ max: 2 }) },
    }),
  },
);
const roles = fc.tuple(
  fc.constant<PadRole>('OWNER'),
  fc.option(role, { nil: null }),
  fc.option(role, { nil: null }),
);

/** Whatever three people do to a pad, in whatever order, each step ends as the promise says. */
export function modelSecurity(stage: Stage): void {
  test('random steps of three people end as the model of access says', async () => {
    const names = ['Owner', 'Editor', 'Viewer'];
    const people = await Promise.all(names.map((name) => stage.person(name)));
    const story = fc.array(step, { minLength: 10, maxLength: MAX_STEPS, size: 'max' });
    const property = fc.asyncProperty(roles, story, async (given, steps) => {
      const model = new AccessModel(given);
      const played: Played = await setUp(people, given);
      for (const one of steps) {
        const expected = model.take(one);
        expect([one, await playStep(played, one)]).toEqual([one, expected]);
      }
      expect(await seeAll(played)).toEqual(whatAllSee(model));
    });
    await fc.assert(property, { numRuns: RUNS });
  });
}

/** Of each person: the role, and the memos that are listed as active and as trashed. */
function whatAllSee(model: AccessModel): object[] {
  const list = (state: string) =>
    model.memos
      .filter((one) => one.state === state)
      .map((one) => `${one.title} v${one.version}`)
      .sort();
  return [0, 1, 2].map((person) => {
    const seen = model.roleOf(person);
    return seen === null
      ? { code: 'NOT_FOUND' }
      : { role: seen, active: list('ACTIVE'), trashed: list('TRASHED') };
  });
}
