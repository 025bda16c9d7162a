import {
  CREATE_MEMO,
  EMPTY_TRASH,
  LIST_MEMOS,
  PURGE_MEMO,
  READ_MEMO,
  RESTORE_MEMO,
  TRASH_MEMO,
  UPDATE_MEMO,
} from '#tests/contract/memos.ts';
import {
  ACCEPT_INVITE,
  CREATE_INVITE,
  DELETE_PAD,
  givenSharedPad,
  LEAVE_PAD,
  type PadRole,
  REMOVE_MEMBER,
  RENAME_PAD,
  REVOKE_INVITE,
  SET_ROLE,
} from '#tests/contract/pads.ts';
import type { Person, Variables } from '#tests/contract/people.ts';
import type { Outcome, Step } from './accessModel.ts';

/** A real pad that a story is played on, with what the steps' indexes stand for. */
export interface Played {
  readonly people: readonly Person[];
  readonly padId: string;
  readonly memos: { readonly id: string; version: number }[];
  readonly invites: { readonly id: string; readonly secret: string }[];
}

/** Nobody's memo, and nobody's invite. */
const NOWHERE = { id: '01JZZZZZZZZZZZZZZZZZZZZZZZ', version: 1, secret: 'no such secret' };

export async function setUp(
  people: readonly Person[],
  roles: readonly (PadRole | null)[],
): Promise<Played> {
  const [owner] = people as [Person];
  const members = people
    .map((person, index) => [person, roles[index]] as const)
    .filter((one): one is [Person, PadRole] => one[0] !== owner && Boolean(one[1]));
  const { id } = await givenSharedPad(owner, members);
  return { people, padId: id, memos: [], invites: [] };
}

/** Sends the operation that a step stands for and says how it ended. */
export async function playStep(played: Played, step: Step): Promise<Outcome> {
  const [document, variables] = writeOperation(played, step);
  const { attempt } = played.people[step.actor] as Person;
  const { data, errors } = await attempt(document, variables);
  const [error] = errors;
  if (error) return error.extensions.code as Outcome;
  remember(played, data as Answers);
  return 'DONE';
}

interface Answers {
  readonly createMemo?: { readonly id: string; readonly version: number };
  readonly createInvite?: { readonly id: string; readonly secret: string };
  readonly [field: string]: unknown;
}

function writeOperation(
  { people, padId, memos, invites }: Played,
  step: Step,
): [document: string, variables: Variables] {
  const memo = ('memo' in step && memos[step.memo]) || { ...NOWHERE, id: `${padId}.${NOWHERE.id}` };
  const invite = ('invite' in step && invites[step.invite]) || NOWHERE;
  const target = 'target' in step ? people[step.target]?.id : undefined;
  switch (step.kind) {
    case 'createMemo':
      return [CREATE_MEMO, { input: { padId, title: step.title } }];
    case 'updateMemo': {
      const { CURRENT, STALE, NONE } = {
        CURRENT: memo.version,
        STALE: memo.version - 1,
        NONE: null,
      };
      const expectedVersion = { CURRENT, STALE, NONE }[step.base];
      return [UPDATE_MEMO, { input: { id: memo.id, title: step.title, expectedVersion } }];
    }
    case 'readMemo':
      return [READ_MEMO, { id: memo.id }];
    case 'trashMemo':
      return [TRASH_MEMO, { id: memo.id }];
    case 'restoreMemo':
      return [RESTORE_MEMO, { id: memo.id }];
    case 'purgeMemo':
      return [PURGE_MEMO, { id: memo.id }];
    case 'emptyTrash':
      return [EMPTY_TRASH, { padId }];
    case 'listMemos':
      return [LIST_MEMOS, { padId }];
    case 'leavePad':
      return [LEAVE_PAD, { padId }];
    case 'renamePad':
      return [RENAME_PAD, { id: padId, name: 'Renamed' }];
    case 'deletePad':
      return [DELETE_PAD, { id: padId }];
    case 'setRole':
      return [SET_ROLE, { padId, userId: target, role: step.role }];
    case 'removeMember':
      return [REMOVE_MEMBER, { padId, userId: target }];
    case 'createInvite':
      return [CREATE_INVITE, { padId, role: step.role }];
    case 'revokeInvite':
      return [REVOKE_INVITE, { padId, id: invite.id }];
    case 'acceptInvite':
      return [ACCEPT_INVITE, { secret: invite.secret }];
  }
}

/** Keeps ids, secrets and the versions that later steps say they know. */
function remember({ memos, invites }: Played, data: Answers): void {
  if (data.createInvite) invites.push(data.createInvite);
  for (const answer of Object.values(data)) {
    if (!isVersioned(answer)) continue;
    const known = memos.find(({ id }) => id === answer.id);
    if (known) known.version = answer.version;
    else memos.push({ id: answer.id, version: answer.version });
  }
}

function isVersioned(value: unknown): value is { id: string; version: number } {
  return typeof value === 'object' && value !== null && 'id' in value && 'version' in value;
}

const EVERYTHING = `query ($id: ID!) { pad(id: $id) { role
  active: memos(first: 100) { nodes { title version } }
  trashed: memos(first: 100, filter: { state: TRASHED }) { nodes { title version } } } }`;

interface SeenPad {
  readonly role: PadRole;
  readonly active: { readonly nodes: readonly { title: string; version: number }[] };
  readonly trashed: { readonly nodes: readonly { title: string; version: number }[] };
}

/** What each person sees of the pad in the end. */
export function seeAll({ people, padId }: Played): Promise<object[]> {
  return Promise.all(
    people.map(async ({ attempt }) => {
      const { data, errors } = await attempt(EVERYTHING, { id: padId });
      if (errors[0]) return { code: errors[0].extensions.code };
      const { role, active, trashed } = (data as { pad: SeenPad }).pad;
      return { role, active: describe(active.nodes), trashed: describe(trashed.nodes) };
    }),
  );
}

function describe(memos: readonly { title: string; version: number }[]): string[] {
  return memos.map(({ title, version }) => `${title} v${version}`).sort();
}
