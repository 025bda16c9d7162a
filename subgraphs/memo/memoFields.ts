import { tasksOf } from '#domain/memo/tasks.ts';
import { spendBody, spendTasks } from './bodyBudget.ts';
import type { MemoParent } from './parents.ts';
import type { Resolvers } from './resolvers.generated.ts';
import { userOf } from './user.ts';

export const memoFields: Pick<Resolvers, 'Memo' | 'MemoConnection' | 'MemoEdge'> = {
  Memo: {
    body: (memo, _, { budget }) => spendBody(budget, bodyOf(memo)),
    tasks: (memo, _, { budget }) => spendTasks(budget, tasksOf(spendBody(budget, bodyOf(memo)))),
    pad: ({ padId }) => ({ id: padId }),
    author: ({ authorId }) => userOf(authorId),
    lastEditor: ({ lastEditorId }) => userOf(lastEditorId),
  },
  MemoConnection: {
    edges: ({ edges }) => [...edges],
    nodes: ({ edges }) => edges.map(({ memo }) => memo),
    pageInfo: ({ hasNextPage, endCursor }) => ({ hasNextPage, endCursor }),
  },
  MemoEdge: {
    node: ({ memo }) => memo,
  },
};

/** A page is read with bodies whenever its selection holds a field that needs them. */
function bodyOf({ body }: MemoParent): string {
  if (body === undefined) throw new Error('Expected a memo with its body, got a summary.');
  return body;
}
