import type { Person } from './people.ts';

/** A memo with everything but the names of its people. */
export interface MemoView {
  readonly id: string;
  readonly pad: { readonly id: string };
  readonly title: string;
  readonly body: string;
  readonly excerpt: string;
  readonly tasks: readonly { index: number; text: string; done: boolean }[];
  readonly taskCount: number;
  readonly doneTaskCount: number;
  readonly tags: readonly string[];
  readonly color: string;
  readonly pinned: boolean;
  readonly state: 'ACTIVE' | 'ARCHIVED' | 'TRASHED';
  readonly trashedAt: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly author: { readonly id: string };
  readonly lastEditor: { readonly id: string };
}

export interface Page {
  readonly edges: readonly { cursor: string; node: { id: string; title: string } }[];
  readonly nodes: readonly { readonly id: string; readonly title: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface PageWish {
  readonly padId?: string | undefined;
  readonly filter?: Readonly<Record<string, unknown>> | undefined;
  readonly first?: number | undefined;
  readonly after?: string | null | undefined;
}

type Wish = Readonly<Record<string, unknown>>;

export const MEMO = `id pad { id } title body excerpt tasks { index text done } taskCount doneTaskCount
  tags color pinned state trashedAt version createdAt updatedAt author { id } lastEditor { id }`;
export const READ_MEMO = `query Memo($id: ID!) { memo(id: $id) { ${MEMO} } }`;
export const CREATE_MEMO = `mutation CreateMemo($input: CreateMemoInput!) { createMemo(input: $input) { ${MEMO} } }`;
export const UPDATE_MEMO = `mutation UpdateMemo($input: UpdateMemoInput!) { updateMemo(input: $input) { ${MEMO} } }`;
export const SET_TASK_DONE = `mutation SetTaskDone($memoId: ID!, $index: Int!, $done: Boolean!, $expectedVersion: Int!) {
  setTaskDone(memoId: $memoId, index: $index, done: $done, expectedVersion: $expectedVersion) { ${MEMO} }
}`;
export const TRASH_MEMO = `mutation TrashMemo($id: ID!) { trashMemo(id: $id) { ${MEMO} } }`;
export const RESTORE_MEMO = `mutation RestoreMemo($id: ID!) { restoreMemo(id: $id) { ${MEMO} } }`;
export const PURGE_MEMO = 'mutation PurgeMemo($id: ID!) { purgeMemo(id: $id) }';
export const EMPTY_TRASH = 'mutation EmptyTrash($padId: ID) { emptyTrash(padId: $padId) }';
export const LIST_MEMOS = `query Memos($padId: ID, $filter: MemoFilter, $first: Int, $after: String) {
  memos(padId: $padId, filter: $filter, first: $first, after: $after) {
    edges { cursor node { id title } } nodes { id title } pageInfo { hasNextPage endCursor }
  }
}`;

export async function createMemo(person: Person, input: Wish = {}): Promise<MemoView> {
  const variables = { input: { title: 'A memo', ...input } };
  return (await person.ask<{ createMemo: MemoView }>(CREATE_MEMO, variables)).createMemo;
}

export async function updateMemo(person: Person, input: Wish): Promise<MemoView> {
  return (await person.ask<{ updateMemo: MemoView }>(UPDATE_MEMO, { input })).updateMemo;
}

export async function setTaskDone(person: Person, variables: Wish): Promise<MemoView> {
  return (await person.ask<{ setTaskDone: MemoView }>(SET_TASK_DONE, variables)).setTaskDone;
}

export async function readMemo(person: Person, id: string): Promise<MemoView> {
  return (await person.ask<{ memo: MemoView }>(READ_MEMO, { id })).memo;
}

export async function trashMemo(person: Person, id: string): Promise<MemoView> {
  return (await person.ask<{ trashMemo: MemoView }>(TRASH_MEMO, { id })).trashMemo;
}

export async function restoreMemo(person: Person, id: string): Promise<MemoView> {
  return (await person.ask<{ restoreMemo: MemoView }>(RESTORE_MEMO, { id })).restoreMemo;
}

export async function purgeMemo(person: Person, id: string): Promise<boolean> {
  return (await person.ask<{ purgeMemo: boolean }>(PURGE_MEMO, { id })).purgeMemo;
}

export async function emptyTrash(person: Person, padId?: string): Promise<number> {
  return (await person.ask<{ emptyTrash: number }>(EMPTY_TRASH, { padId })).emptyTrash;
}

export async function listMemos(person: Person, wish: PageWish = {}): Promise<Page> {
  return (await person.ask<{ memos: Page }>(LIST_MEMOS, { ...wish })).memos;
}

/** Reads page after page to the end and gives the titles in order; a page may be short, the list may not loop. */
export async function listAllTitles(person: Person, wish: PageWish = {}): Promise<string[]> {
  const titles: string[] = [];
  const cursors = new Set<string>();
  let after: string | null = null;
  do {
    const { nodes, pageInfo }: Page = await listMemos(person, { ...wish, ...(after && { after }) });
    titles.push(...nodes.map(({ title }) => title));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    if (after !== null && cursors.has(after)) throw new Error('Expected a new cursor a page.');
    cursors.add(after ?? '');
  } while (after !== null);
  return titles;
}
