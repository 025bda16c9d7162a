import { type AppSyncAnswer, readAppSyncAnswer } from '#client/appsyncAnswer.ts';
import { errorOf } from './errors.ts';

/** Runs a query over HTTP. Never rejects: what went wrong on the way is an error, INTERNAL if it has no other code. */
export type Ask = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
  token: () => Promise<string>,
) => Promise<AppSyncAnswer>;

/** AppSync answers within 30 seconds or not at all. */
const TIMEOUT_MS = 35_000;

export function createAsk(url: string, fetchImpl: typeof fetch): Ask {
  return async (query, variables, token) => {
    try {
      const response = await fetchImpl(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: await token() },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const { ok, status } = response;
      const { data, errors } = Object(await response.json().catch(() => undefined));
      // A proxy on the way has words of its own, or none.
      const told = Array.isArray(errors) || ok ? errors : [unexplained(status)];
      return readAppSyncAnswer(status, { data: ok ? data : null, errors: told });
    } catch {
      return { data: null, errors: errorOf('INTERNAL', 'Expected AppSync to answer.') };
    }
  };
}

function unexplained(status: number): object {
  const message = `Expected AppSync to answer, got status ${status}.`;
  return { message, ...(status >= 500 && { errorType: 'INTERNAL' }) };
}
