import { createMemo } from '#tests/contract/memos.ts';
import {
  createInvite,
  givenSharedPad,
  type InviteView,
  type PadRole,
} from '#tests/contract/pads.ts';
import type { Person } from '#tests/contract/people.ts';
import type { Stage } from '#tests/contract/stage.ts';

/** A shared pad with one member of each role and something of every kind in it. */
export interface Scene {
  readonly people: Readonly<Record<PadRole, Person>>;
  readonly padId: string;
  readonly memoId: string;
  readonly trashedMemoId: string;
  readonly invite: InviteView;
}

/** A fresh pad of the three who are attacked. */
export async function givenScene(stage: Stage): Promise<Scene> {
  const people = {
    OWNER: await stage.person('Owner'),
    EDITOR: await stage.person('Editor'),
    VIEWER: await stage.person('Viewer'),
  };
  return furnish(people, [
    [people.EDITOR, 'EDITOR'],
    [people.VIEWER, 'VIEWER'],
  ]);
}

/** A fresh pad of the attacker's own, in which they may do everything. */
export async function givenAttackersScene(stage: Stage): Promise<Scene> {
  const attacker = await stage.person('Attacker');
  return furnish({ OWNER: attacker, EDITOR: attacker, VIEWER: attacker }, []);
}

async function furnish(
  people: Scene['people'],
  members: readonly (readonly [Person, PadRole])[],
): Promise<Scene> {
  const { id: padId } = await givenSharedPad(people.OWNER, members);
  const input = { padId, title: 'Private', body: '- [ ] secret task' };
  const memo = await createMemo(people.OWNER, input);
  const { id: trashedMemoId } = await createMemo(people.OWNER, input);
  await people.OWNER.ask('mutation ($id: ID!) { trashMemo(id: $id) { id } }', {
    id: trashedMemoId,
  });
  const invite = await createInvite(people.OWNER, padId, 'EDITOR');
  return { people, padId, memoId: memo.id, trashedMemoId, invite };
}

const EVERYTHING = `query ($padId: ID!) {
  me { id displayName email }
  sessions { id createdAt }
  pad(id: $padId) {
    name members { user { id } role since } invites { id role expiresAt }
    active: memos { ...All } archived: memos(filter: { state: ARCHIVED }) { ...All } trashed: memos(filter: { state: TRASHED }) { ...All }
  }
}
fragment All on MemoConnection { nodes { id title body tags color pinned version updatedAt } }`;

/** All that an attack could have changed, as the pad's owner sees it. */
export function takeStock({ people, padId }: Scene): Promise<object> {
  return people.OWNER.ask(EVERYTHING, { padId });
}
