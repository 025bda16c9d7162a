import type { Example } from './example.ts';

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

/** Writing and finding memos. */
export const MEMO_EXAMPLES: readonly Example[] = [CREATE, LIST_MEMOS, FIND];
