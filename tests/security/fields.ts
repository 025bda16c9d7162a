import type { PadRole } from '#tests/contract/pads.ts';
import { type Person, signIn, signUp } from '#tests/contract/people.ts';
import type { Stage } from '#tests/contract/stage.ts';
import type { Scene } from './scene.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** What it takes to be served: nothing, any good token, the token of whomever it is about, or a role in the pad. */
export type Need = 'NOTHING' | 'TOKEN' | 'SELF' | PadRole;

export interface FieldCase {
  readonly needs: Need;
  /** Whether the caller's sessions end by it. */
  readonly endsSessions?: true;
  /** The field with every argument as a variable of its own name. */
  readonly document: string;
  /** Variables that let the call succeed for whoever has what it needs, and no sooner. */
  given(scene: Scene, caller: Person, stage: Stage): Promise<Variables> | Variables;
}

const memo = ({ memoId }: Scene) => ({ id: memoId });
const pad = ({ padId }: Scene) => ({ id: padId });
const editor = ({ padId, people }: Scene) => ({ padId, userId: people.EDITOR.id });
let mailboxes = 0;

const ROLES: readonly PadRole[] = ['VIEWER', 'EDITOR', 'OWNER'];

export function isRole(need: Need): need is PadRole {
  return ROLES.some((role) => role === need);
}

/** Who has just what a field needs. */
export async function chooseCaller(
  { needs, endsSessions }: FieldCase,
  { people }: Scene,
  stage: Stage,
): Promise<Person> {
  if (isRole(needs)) return people[needs];
  return endsSessions ? signUp(stage.door) : stage.person('Caller');
}

/**
 * Every field of Query and Mutation. A test compares the list with the API, so that nobody adds a
 * field without deciding who may use it.
 */
export const FIELDS: Readonly<Record<string, FieldCase>> = {
  'Query.me': { needs: 'NOTHING', document: '{ me { id } }', given: () => ({}) },
  'Query.sessions': { needs: 'TOKEN', document: '{ sessions { id } }', given: () => ({}) },
  'Query.pads': { needs: 'TOKEN', document: '{ pads { id } }', given: () => ({}) },
  'Query.pad': {
    needs: 'VIEWER',
    document: 'query ($id: ID!) { pad(id: $id) { id } }',
    given: pad,
  },
  'Query.memo': {
    needs: 'VIEWER',
    document: 'query ($id: ID!) { memo(id: $id) { id } }',
    given: memo,
  },
  'Query.memos': {
    needs: 'VIEWER',
    document: `query ($padId: ID, $filter: MemoFilter, $first: Int, $after: String) {
      memos(padId: $padId, filter: $filter, first: $first, after: $after) { nodes { id } } }`,
    given: ({ padId }) => ({
      padId,
      filter: { state: 'ACTIVE', tags: [], pinned: false, hasOpenTasks: true, color: 'DEFAULT' },
      first: 5,
    }),
  },
  'Query.memoChanges': {
    needs: 'VIEWER',
    document: `query ($padId: ID!, $since: String, $first: Int) {
      memoChanges(padId: $padId, since: $since, first: $first) { to } }`,
    given: ({ padId }) => ({ padId, first: 5 }),
  },

  'Mutation.signUp': {
    needs: 'NOTHING',
    document: 'mutation ($input: SignUpInput!) { signUp(input: $input) { user { id } } }',
    given: () => {
      mailboxes += 1;
      const email = `security${mailboxes}@example.com`;
      return { input: { email, password: 'four unrelated plain words', displayName: 'New' } };
    },
  },
  'Mutation.signIn': {
    needs: 'NOTHING',
    document: 'mutation ($input: SignInInput!) { signIn(input: $input) { user { id } } }',
    given: async (_, __, stage) => {
      const { email, password } = await stage.person('Guesser');
      return { input: { email, password } };
    },
  },
  'Mutation.refreshSession': {
    needs: 'NOTHING',
    document: `mutation ($refreshToken: String) { refreshSession(refreshToken: $refreshToken) { user { id } } }`,
    given: async (_, __, stage) => {
      const { refreshToken } = await signIn(stage.door, await stage.person('Refresher'));
      return { refreshToken };
    },
  },
  'Mutation.signOut': {
    needs: 'TOKEN',
    endsSessions: true,
    document: 'mutation { signOut }',
    given: () => ({}),
  },
  'Mutation.signOutEverywhere': {
    needs: 'TOKEN',
    endsSessions: true,
    document: 'mutation { signOutEverywhere }',
    given: () => ({}),
  },
  'Mutation.revokeSession': {
    needs: 'SELF',
    document: 'mutation ($id: ID!) { revokeSession(id: $id) }',
    given: async (_, caller, stage) => {
      const { ask } = await signIn(stage.door, caller);
      const { sessions } = await ask<{ sessions: { id: string; current: boolean }[] }>(
        '{ sessions { id current } }',
      );
      return { id: sessions.find(({ current }) => current)?.id };
    },
  },
  'Mutation.updateProfile': {
    needs: 'TOKEN',
    document:
      'mutation ($displayName: String!) { updateProfile(displayName: $displayName) { id } }',
    given: () => ({ displayName: 'Renamed' }),
  },
  'Mutation.changePassword': {
    needs: 'TOKEN',
    endsSessions: true,
    document: `mutation ($currentPassword: String!, $newPassword: String!) {
      changePassword(currentPassword: $currentPassword, newPassword: $newPassword) { user { id } } }`,
    given: (_, { password }) => ({
      currentPassword: password,
      newPassword: 'entirely other words',
    }),
  },

  'Mutation.createPad': {
    needs: 'TOKEN',
    document: 'mutation ($name: String!) { createPad(name: $name) { id } }',
    given: () => ({ name: 'A new pad' }),
  },
  'Mutation.renamePad': {
    needs: 'OWNER',
    document: 'mutation ($id: ID!, $name: String!) { renamePad(id: $id, name: $name) { id } }',
    given: (scene) => ({ ...pad(scene), name: 'Renamed' }),
  },
  'Mutation.deletePad': {
    needs: 'OWNER',
    document: 'mutation ($id: ID!) { deletePad(id: $id) }',
    given: pad,
  },
  'Mutation.createInvite': {
    needs: 'OWNER',
    document: `mutation ($padId: ID!, $role: PadRole!, $expiresAt: AWSDateTime) {
      createInvite(padId: $padId, role: $role, expiresAt: $expiresAt) { id } }`,
    given: ({ padId }) => {
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      return { padId, role: 'OWNER', expiresAt };
    },
  },
  'Mutation.revokeInvite': {
    needs: 'OWNER',
    document: 'mutation ($padId: ID!, $id: ID!) { revokeInvite(padId: $padId, id: $id) }',
    given: ({ padId, invite }) => ({ padId, id: invite.id }),
  },
  'Mutation.acceptInvite': {
    needs: 'TOKEN',
    document: 'mutation ($secret: String!) { acceptInvite(secret: $secret) { id } }',
    given: ({ invite }) => ({ secret: invite.secret }),
  },
  'Mutation.setRole': {
    needs: 'OWNER',
    document: `mutation ($padId: ID!, $userId: ID!, $role: PadRole!) {
      setRole(padId: $padId, userId: $userId, role: $role) { id } }`,
    given: (scene) => ({ ...editor(scene), role: 'OWNER' }),
  },
  'Mutation.removeMember': {
    needs: 'OWNER',
    document: `mutation ($padId: ID!, $userId: ID!) { removeMember(padId: $padId, userId: $userId) { id } }`,
    given: editor,
  },
  'Mutation.leavePad': {
    needs: 'VIEWER',
    document: 'mutation ($padId: ID!) { leavePad(padId: $padId) }',
    given: ({ padId }) => ({ padId }),
  },

  'Mutation.createMemo': {
    needs: 'EDITOR',
    document: 'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }',
    given: ({ padId }) => ({
      input: {
        padId,
        ulid: '01JZZZZZZZZZZZZZZZZZZZZZZZ',
        title: 'New',
        body: 'New',
        tags: ['new'],
        color: 'RED',
        pinned: true,
        createdAt: '2020-01-01T00:00:00Z',
      },
    }),
  },
  'Mutation.updateMemo': {
    needs: 'EDITOR',
    document: 'mutation ($input: UpdateMemoInput!) { updateMemo(input: $input) { id } }',
    given: (scene) => ({
      input: {
        ...memo(scene),
        expectedVersion: 1,
        title: 'Changed',
        body: 'Changed',
        tags: ['changed'],
        color: 'RED',
        pinned: true,
        state: 'ARCHIVED',
      },
    }),
  },
  'Mutation.setTaskDone': {
    needs: 'EDITOR',
    document: `mutation ($memoId: ID!, $index: Int!, $done: Boolean!, $expectedVersion: Int!) {
      setTaskDone(memoId: $memoId, index: $index, done: $done, expectedVersion: $expectedVersion) { id } }`,
    given: ({ memoId }) => ({ memoId, index: 0, done: true, expectedVersion: 1 }),
  },
  'Mutation.trashMemo': {
    needs: 'EDITOR',
    document: 'mutation ($id: ID!) { trashMemo(id: $id) { id } }',
    given: memo,
  },
  'Mutation.restoreMemo': {
    needs: 'EDITOR',
    document: 'mutation ($id: ID!) { restoreMemo(id: $id) { id } }',
    given: ({ trashedMemoId }) => ({ id: trashedMemoId }),
  },
  'Mutation.purgeMemo': {
    needs: 'EDITOR',
    document: 'mutation ($id: ID!) { purgeMemo(id: $id) }',
    given: memo,
  },
  'Mutation.emptyTrash': {
    needs: 'EDITOR',
    document: 'mutation ($padId: ID) { emptyTrash(padId: $padId) }',
    given: ({ padId }) => ({ padId }),
  },
};
