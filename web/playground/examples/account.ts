import type { Example } from './example.ts';

const SIGN_UP: Example = {
  title: 'Sign up',
  about: 'The page then uses the new access token, as it does after the form on “Account”.',
  operation: `mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    user {
      id
      displayName
    }
    accessToken
    expiresAt
    refreshToken
  }
}
`,
  variables: {
    input: { email: 'mina@example.com', password: 'blue kettle on a hill', displayName: '미나' },
  },
};

const SESSIONS: Example = {
  title: 'Who am I, and where am I signed in?',
  about: 'me is null without an access token; sessions are the live sign-ins.',
  operation: `query WhoAmI {
  me {
    id
    displayName
    email
    createdAt
  }
  sessions {
    id
    current
    userAgent
    createdAt
    lastUsedAt
  }
}
`,
};

/** Accounts and sessions. */
export const ACCOUNT_EXAMPLES: readonly Example[] = [SIGN_UP, SESSIONS];
