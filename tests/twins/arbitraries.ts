import fc from 'fast-check';
import type { PadRole } from '#domain/memo/role.ts';
import { aTag, aText, aTitle } from '#tests/support/memoArbitraries.ts';
import type { Action, Actor, Content } from './actions.ts';

const by: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Actor>(0) },
  { weight: 4, arbitrary: fc.constantFrom<Actor>(1, 2) },
  { weight: 1, arbitrary: fc.constant<Actor>('nobody') },
);
const anIndex = fc.oneof(
  { weight: 12, arbitrary: fc.nat(7) },
  { arbitrary: fc.constant(-1), weight: 1 },
);
const pad = anIndex;
const memo = anIndex;
const invite = anIndex;
const who = fc.integer({ min: -1, max: 2 });
const role = fc.constantFrom<PadRole>('OWNER', 'EDITOR', 'VIEWER');
const behind = fc.constantFrom(null, null, 0, 1, -1);

/** Texts that some rule refuses, at whatever field they come. */
const aBadText = fc.constantFrom(
  '',
  ' \u3000 ',
  'two\nlines',
  'bell\u0007',
  'lone \ud83d',
  'x'.repeat(201),
  '가'.repeat(100_001),
);
const name = mostly(
  aTitle.filter((text) => text.length <= 100),
  aBadText,
);
const title = mostly(aTitle, aBadText);
const aTask = fc
  .tuple(fc.constantFrom('- [ ] ', '* [x] ', '1. [X] ', '- '), aTitle)
  .map(([mark, text]) => mark + text);
const body = mostly(
  fc.oneof(
    aText,
    fc.array(aTask, { maxLength: 6 }).map((lines) => lines.join('\n')),
  ),
  fc.constantFrom('nul \u0000', 'x'.repeat(100_001), 'lone \udc00'),
);
const tags = mostly(
  fc.array(fc.oneof(fc.constantFrom('work', 'home', '집'), aTag), { maxLength: 3 }),
  fc.constantFrom(
    [''],
    Array.from({ length: 51 }, (_, index) => `tag ${index}`),
    ['t'.repeat(51)],
  ),
);
const color = fc.constantFrom('DEFAULT', 'RED', 'TEAL');
const pinned = fc.boolean();
const state = fc.constantFrom('ACTIVE', 'ARCHIVED', 'TRASHED');
const createdAt = fc.constantFrom(
  '2001-02-03T09:30:00+09:00',
  '2020-02-29T23:59:59.9999Z',
  '2999-01-01T00:00:00Z',
  '2023-02-30T00:00:00Z',
);

const someFields = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Content> =>
  fc.record(
    Object.fromEntries(Object.entries(fields).map(([field, one]) => [field, orNull(one)] as const)),
    { requiredKeys: [] },
  );
const aFresh = someFields({ body, tags, color, pinned, createdAt: rarely(createdAt) });
const content = fc
  .tuple(fc.record({ title }, { requiredKeys: [] }), aFresh)
  .map(([own, rest]) => ({ ...own, ...rest }));
const aChange = someFields({ title, body, tags, color, pinned, state });
const filter = fc.option(
  someFields({
    state,
    tags: fc.constantFrom([], ['work'], ['home', 'work'], ['집']),
    pinned,
    hasOpenTasks: fc.boolean(),
    color,
  }),
);
/** Few enough that creations are sent again; some are none. */
const ulid = fc.option(
  mostly(
    fc.nat(3).map((last) => `01KG9P6JE0000000000000000${last}`),
    fc.constantFrom('', '01kg9p6je00000000000000000', '81KG9P6JE00000000000000000'),
  ),
);

const does = <Name extends Action['do']>(
  weight: number,
  given: { by: fc.Arbitrary<Actor>; do: fc.Arbitrary<Name> } & Record<
    string,
    fc.Arbitrary<unknown>
  >,
) => ({ weight, arbitrary: fc.record(given) as unknown as fc.Arbitrary<Action> });
const named = <Name extends Action['do']>(...names: Name[]) => fc.constantFrom(...names);

/** Any action; writes that others build on are frequent. */
export const anAction: fc.Arbitrary<Action> = fc.oneof(
  does(1, { by, do: named('wait'), days: fc.constantFrom(0.001, 1, 8, 31) }),
  does(1, { by, do: named('pads') }),
  // Nobody's `me` is null at one door and refused at the other.
  does(1, { by: fc.constantFrom<Actor>(0, 1, 2), do: named('me') }),
  does(2, { by, do: named('pad'), pad }),
  does(4, { by, do: named('createPad'), name }),
  does(1, { by, do: named('renamePad'), pad, name }),
  does(1, { by, do: named('deletePad', 'leavePad', 'emptyTrash'), pad }),
  does(4, {
    by,
    do: named('createInvite'),
    pad,
    role,
    inDays: fc.constantFrom(null, 1, 7, 29.9, 31, -1),
  }),
  does(1, { by, do: named('revokeInvite'), pad, invite }),
  does(4, { by, do: named('acceptInvite'), invite }),
  does(2, { by, do: named('setRole'), pad, who, role }),
  does(1, { by, do: named('removeMember'), pad, who }),
  does(8, { by, do: named('createMemo'), pad: fc.option(pad), ulid, content }),
  does(6, { by, do: named('updateMemo'), memo, behind, content: aChange }),
  does(3, {
    ...{ by, do: named('setTaskDone'), memo, index: fc.integer({ min: -1, max: 4 }) },
    ...{ done: fc.boolean(), behind: fc.constantFrom(0, 0, 0, 1, -1) },
  }),
  does(5, { by, do: named('memo', 'trashMemo', 'restoreMemo', 'purgeMemo'), memo }),
  does(1, {
    ...{ by, do: named('memoChanges'), pad, since: fc.option(anIndex) },
    first: fc.constantFrom(null, 1, 100, 0, 101),
  }),
  does(4, {
    ...{ by, do: named('memos', 'padMemos'), pad, filter, withBodies: fc.boolean() },
    first: fc.constantFrom(null, 1, 2, 3, 20, 100, 0, 101),
    after: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: anIndex }),
  }),
);

function mostly<Good, Bad>(good: fc.Arbitrary<Good>, bad: fc.Arbitrary<Bad>) {
  return fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: bad });
}

function rarely<Value>(value: fc.Arbitrary<Value>) {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
}

function orNull<Value>(value: fc.Arbitrary<Value>) {
  return fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) });
}
