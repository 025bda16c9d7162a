import type { Example, LookedUp } from './example.ts';

const CREATE: Example = {
  title: 'Make a shared pad',
  about: 'A set of memos for several people. You are its OWNER.',
  operation: `mutation CreatePad($name: String!) {
  createPad(name: $name) {
    id
    name
    role
  }
}
`,
  variables: { name: '우리 집 · Home' },
};

const INVITE: Example = {
  title: 'Share a pad by invite',
  about: 'The answer holds a secret; whoever accepts the invite with it becomes a member.',
  operation: `mutation InviteToPad($padId: ID!, $role: PadRole!) {
  createInvite(padId: $padId, role: $role) {
    id
    role
    url
    secret
    expiresAt
  }
}
`,
  variables: { padId: '', role: 'EDITOR' },
  lookup: {
    operation: 'query OwnedPads { pads { id personal role } }',
    missing: 'You own no shared pad yet. Run “Make a shared pad” first.',
    variables: (data) => {
      const padId = ownedPad(data);
      return padId === undefined ? null : { padId, role: 'EDITOR' };
    },
  },
};

export const ACCEPT_INVITE: Example = {
  title: 'Accept an invite',
  about: 'With the secret of an invite link, signed in as the one who joins.',
  operation: `mutation AcceptInvite($secret: String!) {
  acceptInvite(secret: $secret) {
    id
    name
    role
    members {
      user {
        displayName
      }
      role
      since
    }
  }
}
`,
  variables: { secret: '' },
};

const LIST: Example = {
  title: 'List pads, members and their memos',
  about: 'Your personal pad first, then the newest membership.',
  operation: `query ListPads {
  pads {
    id
    name
    personal
    role
    members {
      user {
        displayName
      }
      role
    }
    memos(first: 3) {
      nodes {
        title
        updatedAt
      }
    }
  }
}
`,
};

function ownedPad({ pads = [] }: LookedUp): string | undefined {
  return pads.find(({ personal, role }) => !personal && role === 'OWNER')?.id;
}

/** Sharing memos with others. */
export const PAD_EXAMPLES: readonly Example[] = [CREATE, INVITE, ACCEPT_INVITE, LIST];
