import { findMemo, findUser, type ListArguments, listMemos, type MemoData } from './data.ts';

/** The memo service's half of the benched queries, answered out of memory. */
export const memoResolvers = {
  Query: {
    memo: (_: unknown, { id }: { id: string }) => findMemo(id),
    memos: (_: unknown, args: ListArguments) => ({ nodes: listMemos(args) }),
  },
};

/** The auth service's half: users by reference. */
export const authResolvers = {
  User: { __resolveReference: ({ id }: { id: string }) => findUser(id) },
};

/** Both halves in one schema without federation. */
export const wholeResolvers = {
  ...memoResolvers,
  Memo: { author: ({ author }: MemoData) => findUser(author.id) },
};
