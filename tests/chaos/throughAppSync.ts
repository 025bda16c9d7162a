import { readAppSyncAnswer } from '#client/appsyncAnswer.ts';
import { ApiError, type Session } from '#scripts/transfer/api.ts';

const TRIES = 8;
const FIRST_DELAY_MS = 100;

/** The same person, who asks the AppSync door; what may pass is tried again. */
export function throughAppSync(session: Session, url: () => string): Session {
  const ask = async (query: string, variables: object = {}) => {
    const response = await fetch(url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await session.accessToken() },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = readAppSyncAnswer(response.status, await response.json());
    const [first] = errors;
    if (first) throw new ApiError(first.message, first.extensions);
    return data;
  };
  return {
    ...session,
    async api(query, variables) {
      for (let count = 1; ; count += 1) {
        try {
          return (await ask(query, variables)) as never;
        } catch (error) {
          const passes = !(error instanceof ApiError) || PASSING.includes(error.code);
          if (!passes || count === TRIES) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, FIRST_DELAY_MS * 2 ** count));
      }
    },
  };
}

const PASSING = ['INTERNAL', 'RATE_LIMITED'];
