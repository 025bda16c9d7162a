/** What every set-up answers from: computed, so that each of them gives the same reply. */
const PAD_ID = '01JZXQ0000000000000000PAD0';
const USERS = 40;
/** A reply about 145 KB long holds 400 memos of this kind. */
const LIST_LENGTH = 100;

export interface MemoData {
  readonly id: string;
  readonly title: string;
  readonly excerpt: string;
  readonly tags: readonly string[];
  readonly color: string;
  readonly pinned: boolean;
  readonly version: number;
  readonly updatedAt: string;
  readonly author: { readonly __typename: 'User'; readonly id: string };
}

export interface UserData {
  readonly __typename: 'User';
  readonly id: string;
  readonly displayName: string;
}

export interface ListArguments {
  readonly first?: number | null;
  readonly filter?: { readonly state?: string | null; readonly pinned?: boolean | null } | null;
}

/** The id of the memo at a place, from 0; each is as long as the others. */
export function memoId(index: number): string {
  return `${PAD_ID}.01JZXR0000000000${String(index).padStart(10, '0')}`;
}

export function findMemo(id: string): MemoData {
  const index = Number(id.slice(-10));
  const number = String(index).padStart(5, '0');
  return {
    id,
    title: `Memo ${number}: 오늘 할 일과 the things that wait`,
    excerpt: `Line ${number} of a text that a list shows in part, cut to about a hundred bytes`,
    tags: ['work', 'bench', '메모'],
    color: 'TEAL',
    pinned: index % 10 === 0,
    version: (index % 9) + 1,
    updatedAt: '2026-01-31T09:30:00.000Z',
    author: { __typename: 'User', id: userId(index % USERS) },
  };
}

export function findUser(id: string): UserData {
  return { __typename: 'User', id, displayName: `Person ${id.slice(-2)}` };
}

/** One list for each filter that the queries use. */
export function listMemos({ filter }: ListArguments): readonly MemoData[] {
  return LISTS[filter?.pinned ? 'PINNED' : (filter?.state ?? 'ACTIVE')] ?? [];
}

const LISTS: Readonly<Record<string, readonly MemoData[]>> = {
  ACTIVE: memosFrom(0),
  PINNED: memosFrom(1000),
  ARCHIVED: memosFrom(2000),
  TRASHED: memosFrom(3000),
};

function memosFrom(start: number): MemoData[] {
  return Array.from({ length: LIST_LENGTH }, (_, index) => findMemo(memoId(start + index)));
}

function userId(index: number): string {
  return `01JZXQ00000000000000000U${String(index).padStart(2, '0')}`;
}
