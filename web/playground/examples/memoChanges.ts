import type { Example, LookedUp, Lookup, Variables } from './example.ts';

const TICK: Example = {
  title: 'Tick a task',
  about: 'The first open task of the first memo that has one. No other character changes.',
  operation: `mutation TickTask($memoId: ID!, $index: Int!, $done: Boolean!, $expectedVersion: Int!) {
  setTaskDone(memoId: $memoId, index: $index, done: $done, expectedVersion: $expectedVersion) {
    id
    title
    version
    body
    tasks {
      index
      text
      done
    }
  }
}
`,
  variables: { memoId: '', index: 0, done: true, expectedVersion: 1 },
  lookup: {
    operation: `query MemoWithOpenTask {
  memos(first: 100, filter: { hasOpenTasks: true }) {
    nodes { id version tasks { index done } }
  }
}`,
    missing: 'No memo has an open task. Run “Create a memo” first.',
    variables: ({ memos }) => {
      const memo = memos?.nodes[0];
      const index = memo?.tasks?.find(({ done }) => !done)?.index;
      if (!memo || index === undefined) return null;
      return { memoId: memo.id, index, done: true, expectedVersion: memo.version };
    },
  },
};

const FIRST: Omit<Lookup, 'variables'> = {
  operation: 'query FirstMemo { memos(first: 1) { nodes { id version } } }',
  missing: 'You have no memo yet. Run “Create a memo” first.',
};

const EDIT: Example = {
  title: 'Edit a memo',
  about: 'Your first one. Change a value and run it again with the old version: CONFLICT.',
  operation: `mutation EditMemo($input: UpdateMemoInput!) {
  updateMemo(input: $input) {
    id
    title
    pinned
    color
    version
    updatedAt
  }
}
`,
  variables: { input: { id: '', expectedVersion: 1, pinned: true, color: 'TEAL' } },
  lookup: {
    ...FIRST,
    variables: (data) => {
      const memo = firstMemo(data);
      if (!memo) return null;
      const { id, version } = memo;
      return { input: { id, expectedVersion: version, pinned: true, color: 'TEAL' } };
    },
  },
};

const TRASH: Example = {
  title: 'Put a memo into the trash',
  about: 'Your first one. It stays there for 30 days.',
  operation: `mutation TrashMemo($id: ID!) {
  trashMemo(id: $id) {
    id
    title
    state
    trashedAt
  }
}
`,
  variables: { id: '' },
  lookup: { ...FIRST, variables: firstMemoId },
};

const RESTORE: Example = {
  title: 'Take a memo out of the trash',
  about: 'The one that was put there last.',
  operation: `mutation RestoreMemo($id: ID!) {
  restoreMemo(id: $id) {
    id
    title
    state
  }
}
`,
  variables: { id: '' },
  lookup: {
    operation: `query TrashedMemo {
  memos(first: 1, filter: { state: TRASHED }) {
    nodes { id version }
  }
}`,
    missing: 'The trash is empty. Run “Put a memo into the trash” first.',
    variables: firstMemoId,
  },
};

/** Changing memos, each with the version or the state it had before. */
export const MEMO_CHANGE_EXAMPLES: readonly Example[] = [TICK, EDIT, TRASH, RESTORE];

function firstMemoId(data: LookedUp): Variables | null {
  const memo = firstMemo(data);
  return memo && { id: memo.id };
}

function firstMemo({ memos }: LookedUp) {
  return memos?.nodes[0] ?? null;
}
