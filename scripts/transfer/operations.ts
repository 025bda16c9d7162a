import type { Api } from './api.ts';

/** What a list tells of a memo. */
export interface RemoteSummary {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly color: string;
  readonly pinned: boolean;
  readonly state: 'ACTIVE' | 'ARCHIVED' | 'TRASHED';
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface RemoteMemo extends RemoteSummary {
  readonly body: string;
}

const SUMMARY = 'id title tags color pinned state version createdAt updatedAt';
const STATES = ['ACTIVE', 'ARCHIVED', 'TRASHED'];

export const READ_MEMO = `query ReadMemo($id: ID!) { memo(id: $id) { ${SUMMARY} body } }`;
export const CREATE_MEMO = `mutation CreateMemo($input: CreateMemoInput!) { createMemo(input: $input) { id } }`;
export const UPDATE_MEMO = `mutation UpdateMemo($input: UpdateMemoInput!) { updateMemo(input: $input) { id } }`;

const LIST_MEMOS = (
  fields: string,
) => `query ListMemos($padId: ID!, $state: MemoState!, $after: String) {
  memos(padId: $padId, filter: { state: $state }, first: 100, after: $after) {
    nodes { ${fields} }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** The summaries of every memo of a pad, whatever its state. */
export async function listMemos(api: Api, padId: string): Promise<RemoteSummary[]> {
  return collect(api, padId, STATES, SUMMARY);
}

/** A memo outside the trash. */
export interface KeptMemo extends RemoteMemo {
  readonly state: 'ACTIVE' | 'ARCHIVED';
}

/** Every memo of a pad that isn't in the trash, with its body. */
export async function readMemos(api: Api, padId: string): Promise<KeptMemo[]> {
  return collect(api, padId, ['ACTIVE', 'ARCHIVED'], `${SUMMARY} body`);
}

/** The viewer's user id, which is also the id of their personal pad. */
export async function readViewerId(api: Api): Promise<string> {
  const { me } = await api<{ me: { id: string } | null }>('query Me { me { id } }');
  if (!me) throw new Error('Expected to be signed in.');
  return me.id;
}

interface Page<Memo> {
  readonly memos: {
    readonly nodes: readonly Memo[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

async function collect<Memo extends RemoteSummary>(
  api: Api,
  padId: string,
  states: readonly string[],
  fields: string,
): Promise<Memo[]> {
  const memos: Memo[] = [];
  for (const state of states) {
    for (let after: string | null = null, more = true; more; ) {
      const page: Page<Memo> = await api(LIST_MEMOS(fields), { padId, state, after });
      memos.push(...page.memos.nodes);
      after = page.memos.pageInfo.endCursor;
      more = page.memos.pageInfo.hasNextPage;
    }
  }
  return memos;
}
