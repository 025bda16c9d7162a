import type { Example } from './example.ts';

const WATCH: Example = {
  title: 'Watch your pad',
  about: 'Runs until you stop it. Change a memo in another tab, and see it come.',
  operation: `# Every change of the pad, once and in order; \`to\` goes into \`since\` to go on from there.
subscription WatchPad($padId: ID!, $since: String) {
  memoChanges(padId: $padId, since: $since) {
    to
    caughtUp
    changes {
      seq
      kind
      version
      memo {
        title
        excerpt
        author {
          displayName
        }
      }
    }
  }
}
`,
  variables: { padId: '' },
  lookup: {
    operation: 'query PersonalPad { pads { id personal role } }',
    missing: 'Sign in first: the personal pad is yours.',
    variables: ({ pads = [] }) => {
      const padId = pads.find(({ personal }) => personal)?.id;
      return padId === undefined ? null : { padId };
    },
  },
};

/** Seeing changes as they come. */
export const LIVE_EXAMPLES: readonly Example[] = [WATCH];
