import type { Example, LookedUp, Lookup } from './example.ts';

const CREATE: Example = {
  title: 'Create a memo',
  about: 'Into your personal pad. Lines that begin with “- [ ]” become tasks.',
  operation: `mutation CreateMemo($input: CreateMemoInput!) {
  createMemo(input: $input) {
    id
    title
    excerpt
    tags
    tasks {
      index
      text
      done
    }
    version
    createdAt
  }
}
`,
  variables: {
    input: {
      title: '장보기 목록',
      body: '주말 저녁에 친구들이 온다. 🍲\n\n- [ ] 두부 한 모\n- [ ] 대파와 애호박\n- [x] 된장',
      tags: ['집', '요리'],
      color: 'YELLOW',
    },
  },
};

export const LIST_MEMOS: Example = {
  title: 'List memos with tasks and pads',
  about: 'The newest change first, pinned memos ahead. Put endCursor into $after to read on.',
  operation: `query ListMemos($first: Int = 10, $after: String) {
  memos(first: $first, after: $after) {
    nodes {
      id
      title
      excerpt
      tags
      pinned
      tasks {
        text
        done
      }
      pad {
        id
        name
        role
      }
      author {
        displayName
      }
      updatedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
  variables: { first: 10 },
};

const FIND: Example = {
  title: 'Find memos with open tasks',
  about: 'Filters combine with AND: state, tags, pinned, open tasks, colour.',
  operation: `query FindMemos($filter: MemoFilter!) {
  memos(filter: $filter) {
    nodes {
      id
      title
      tags
      taskCount
      doneTaskCount
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
  variables: { filter: { hasOpenTasks: true } },
};

const TICK: Example = {
  title: 'Tick a task',
  about: 'The first open task of your newest memo that has one. No other character changes.',
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

const NEWEST: Omit<Lookup, 'variables'> = {
  operation: 'query NewestMemo { memos(first: 1) { nodes { id version } } }',
  missing: 'You have no memo yet. Run “Create a memo” first.',
};

const newestMemo = ({ memos }: LookedUp) => memos?.nodes[0] ?? null;

const EDIT: Example = {
  title: 'Edit a memo',
  about: 'With the version it was read at: run it twice, and the second run is a CONFLICT.',
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
    ...NEWEST,
    variables: (data) => {
      const memo = newestMemo(data);
      if (!memo) return null;
      const { id, version } = memo;
      return { input: { id, expectedVersion: version, pinned: true, color: 'TEAL' } };
    },
  },
};

const TRASH: Example = {
  title: 'Put a memo into the trash',
  about: 'It stays there for 30 days; restoreMemo takes it out again.',
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
  lookup: {
    ...NEWEST,
    variables: (data) => {
      const memo = newestMemo(data);
      return memo && { id: memo.id };
    },
  },
};

/** Writing, finding and changing memos. */
export const MEMO_EXAMPLES: readonly Example[] = [CREATE, LIST_MEMOS, FIND, TICK, EDIT, TRASH];
