import type { Answer, RunningDoor } from '#tests/contract/door.ts';
import * as memos from '#tests/contract/memos.ts';
import * as pads from '#tests/contract/pads.ts';
import {
  AUTH_PAYLOAD,
  type Person,
  SIGN_IN,
  SIGN_UP,
  signIn,
  signUp,
} from '#tests/contract/people.ts';

/** One operation of the API, as it is usually asked. */
export interface Step {
  /** The field of Query or Mutation. */
  readonly operation: string;
  readonly about?: string;
  /** What is done before and not measured. */
  readonly prepare?: (scene: Scene) => Promise<unknown>;
  readonly run: (scene: Scene) => Promise<Answer>;
}

/** Two people behind one door, what they have made, and a third who comes and goes. */
export interface Scene {
  readonly door: Pick<RunningDoor, 'execute'>;
  readonly owner: Person;
  readonly editor: Person;
  third: Person;
  padId: string;
  memoId: string;
  invite: pads.InviteView;
}

const NOTHING: Pick<Scene, 'padId' | 'memoId' | 'invite'> = {
  ...{ padId: '', memoId: '' },
  invite: { id: '', role: 'VIEWER', secret: '', url: null, expiresAt: '' },
};
const BODY = '- [ ] milk\n- [x] bread\n';
const PASSWORD = 'entirely other words';
const CARDS = `query ($padId: ID) { memos(padId: $padId) { nodes { id title excerpt tags color pinned state
  taskCount doneTaskCount version updatedAt author { displayName } } pageInfo { hasNextPage endCursor } } }`;
const USER = 'id displayName email createdAt';

/** The same people through any door: their addresses alone tell the doors apart. */
export async function createScene(door: Scene['door'], name: string): Promise<Scene> {
  const join = (displayName: string) => {
    const email = `${displayName}@${name}.example.com`.toLowerCase();
    return signUp(door, { displayName, email });
  };
  const [owner, editor, third] = [await join('Mina'), await join('Joon'), await join('Sora')];
  return { door, owner, editor, third, ...NOTHING };
}

/** Every operation once, in an order in which each has what it needs. */
export const TOUR: readonly Step[] = [
  {
    operation: 'signUp',
    run({ door, third }) {
      const { email, password } = third;
      const input = { email: `new.${email}`, password, displayName: '새 사람' };
      return door.execute(SIGN_UP, { variables: { input } });
    },
  },
  {
    operation: 'signIn',
    run: ({ door, third: { email, password } }) =>
      door.execute(SIGN_IN, { variables: { input: { email, password } } }),
  },
  {
    operation: 'refreshSession',
    run: ({ door, third: { refreshToken } }) =>
      door.execute(
        `mutation ($refreshToken: String) { refreshSession(refreshToken: $refreshToken) { ${AUTH_PAYLOAD} } }`,
        { variables: { refreshToken } },
      ),
  },
  { operation: 'me', run: ({ owner }) => owner.attempt(`{ me { ${USER} } }`) },
  {
    operation: 'updateProfile',
    run: ({ third }) =>
      third.attempt('mutation { updateProfile(displayName: "소라") { id displayName } }'),
  },
  {
    operation: 'sessions',
    run: ({ third }) => third.attempt('{ sessions { id current createdAt lastUsedAt userAgent } }'),
  },
  {
    operation: 'revokeSession',
    async run(scene) {
      const { sessions } = await scene.third.ask<{
        sessions: { id: string; current: boolean }[];
      }>('{ sessions { id current } }');
      const other = sessions.find(({ current }) => !current);
      return scene.third.attempt('mutation ($id: ID!) { revokeSession(id: $id) }', {
        id: other?.id,
      });
    },
  },
  {
    operation: 'changePassword',
    run: ({ third: { attempt, password } }) =>
      attempt(
        `mutation ($old: String!, $new: String!) {
          changePassword(currentPassword: $old, newPassword: $new) { ${AUTH_PAYLOAD} } }`,
        { old: password, new: PASSWORD },
      ),
  },
  {
    operation: 'signOut',
    prepare: signInAgain,
    run: ({ third }) => third.attempt('mutation { signOut }'),
  },
  {
    operation: 'signOutEverywhere',
    prepare: signInAgain,
    run: ({ third }) => third.attempt('mutation { signOutEverywhere }'),
  },
  {
    operation: 'createPad',
    async run(scene) {
      const answer = await scene.owner.attempt(pads.CREATE_PAD, { name: '우리 집' });
      scene.padId = idIn(answer);
      return answer;
    },
  },
  {
    operation: 'createInvite',
    async run(scene) {
      const { padId, owner } = scene;
      const answer = await owner.attempt(pads.CREATE_INVITE, { padId, role: 'VIEWER' });
      scene.invite = answer.data?.createInvite as pads.InviteView;
      return answer;
    },
  },
  {
    operation: 'acceptInvite',
    run: ({ editor, invite: { secret } }) => editor.attempt(pads.ACCEPT_INVITE, { secret }),
  },
  {
    operation: 'revokeInvite',
    run: ({ owner, padId, invite: { id } }) => owner.attempt(pads.REVOKE_INVITE, { padId, id }),
  },
  {
    operation: 'setRole',
    run: ({ owner, editor, padId }) =>
      owner.attempt(pads.SET_ROLE, { padId, userId: editor.id, role: 'EDITOR' }),
  },
  {
    operation: 'renamePad',
    run: ({ owner, padId: id }) => owner.attempt(pads.RENAME_PAD, { id, name: 'Our home' }),
  },
  {
    operation: 'pads',
    about: 'two, their names and roles',
    run: ({ owner }) => owner.attempt('{ pads { id name role personal } }'),
  },
  {
    operation: 'pad',
    about: 'with its members and invites',
    run: ({ owner, padId: id }) => owner.attempt(pads.READ_PAD, { id }),
  },
  {
    operation: 'createMemo',
    async run(scene) {
      const input = { padId: scene.padId, title: 'To buy', body: BODY, tags: ['home'] };
      const answer = await scene.editor.attempt(memos.CREATE_MEMO, { input });
      scene.memoId = idIn(answer);
      return answer;
    },
  },
  {
    operation: 'memo',
    run: ({ editor, memoId: id }) => editor.attempt(memos.READ_MEMO, { id }),
  },
  {
    operation: 'updateMemo',
    run: ({ editor, memoId: id }) =>
      editor.attempt(memos.UPDATE_MEMO, { input: { id, title: 'To buy today', color: 'TEAL' } }),
  },
  {
    operation: 'setTaskDone',
    run: ({ editor, memoId }) =>
      editor.attempt(memos.SET_TASK_DONE, { memoId, index: 0, done: true, expectedVersion: 2 }),
  },
  {
    operation: 'memos',
    about: '20 as cards, with their authors’ names',
    prepare: fillPad,
    run: ({ editor, padId }) => editor.attempt(CARDS, { padId }),
  },
  {
    operation: 'trashMemo',
    run: ({ editor, memoId: id }) => editor.attempt(memos.TRASH_MEMO, { id }),
  },
  {
    operation: 'restoreMemo',
    run: ({ editor, memoId: id }) => editor.attempt(memos.RESTORE_MEMO, { id }),
  },
  {
    operation: 'purgeMemo',
    run: ({ editor, memoId: id }) => editor.attempt(memos.PURGE_MEMO, { id }),
  },
  {
    operation: 'emptyTrash',
    about: 'of one memo',
    prepare: async ({ editor, padId }) =>
      memos.trashMemo(editor, (await memos.createMemo(editor, { padId })).id),
    run: ({ editor, padId }) => editor.attempt(memos.EMPTY_TRASH, { padId }),
  },
  {
    operation: 'memoChanges',
    about: 'nothing new',
    run: ({ editor, padId }) =>
      editor.attempt(
        'query ($padId: ID!) { memoChanges(padId: $padId) { padId caughtUp reset changes { seq } } }',
        { padId },
      ),
  },
  {
    operation: 'removeMember',
    run: ({ owner, editor, padId }) =>
      owner.attempt(pads.REMOVE_MEMBER, { padId, userId: editor.id }),
  },
  {
    operation: 'leavePad',
    prepare: ({ owner, editor, padId }) => pads.share(owner, padId, editor, 'VIEWER'),
    run: ({ editor, padId }) => editor.attempt(pads.LEAVE_PAD, { padId }),
  },
  {
    operation: 'deletePad',
    run: ({ owner, padId: id }) => owner.attempt(pads.DELETE_PAD, { id }),
  },
];

async function signInAgain(scene: Scene): Promise<void> {
  scene.third = await signIn(scene.door, { ...scene.third, password: PASSWORD });
}

async function fillPad({ editor, padId }: Scene): Promise<void> {
  for (const title of Array.from({ length: 20 }, (_, index) => `Memo ${index}`)) {
    await memos.createMemo(editor, { padId, title, body: BODY, tags: ['home'] });
  }
}

/** The id of whatever an answer is about. */
function idIn({ data }: Answer): string {
  const [made] = Object.values(data ?? {}) as readonly { readonly id: string }[];
  return made?.id ?? '';
}
