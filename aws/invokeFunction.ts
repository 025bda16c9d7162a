import { PlainError } from '#domain/errors.ts';
import { RequestFailed } from './httpClient.ts';
import type { SignedClient } from './signedClient.ts';

/** Calls a function and gives what it returned. @throws InvokeFailed */
export type Invoke = (payload: object) => Promise<unknown>;

/** The function could not be called, or failed. */
export class InvokeFailed extends PlainError {}

export interface InvokeOptions {
  /** Of the service `lambda`. */
  readonly client: SignedClient;
  /** Name or ARN. */
  readonly functionName: string;
  /** Waits so many milliseconds; the system's own timer when left out. */
  readonly wait?: (ms: number) => Promise<void>;
  /** From 0 to 1, `Math.random` when left out: callers that were refused together shall not come back together. */
  readonly random?: () => number;
}

/** How long to wait before each further try at most: milliseconds. */
const RETRY_DELAYS_MS = [100, 400, 1_600];
const TOO_MANY_REQUESTS = 429;
const HEADERS = { 'content-type': 'application/json' };

/**
 * Makes the call of a function that only reads, so that whatever went wrong may be tried again.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createInvoke(options: InvokeOptions): Invoke {
  const { client, functionName, wait = sleep, random = Math.random } = options;
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  const attempt = async (body: string): Promise<Attempt> => {
    try {
      const { status, headers, body: text } = await client(path, body, HEADERS);
      if (status !== 200) {
        return {
          trouble: `status ${status}`,
          passes: status >= 500 || status === TOO_MANY_REQUESTS,
        };
      }
      const isFailure = Boolean(headers['x-amz-function-error']);
      return isFailure ? { trouble: 'a failure of it', passes: true } : { text };
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      return { trouble: error.code, passes: error.code !== 'ETIMEDOUT' };
    }
  };
  return async (payload) => {
    const body = JSON.stringify(payload);
    for (const delayMs of [...RETRY_DELAYS_MS, undefined]) {
      const { text, trouble, passes } = await attempt(body);
      if (text !== undefined) return parse(text);
      if (!passes || delayMs === undefined) {
        throw new InvokeFailed(`Expected the function ${functionName} to answer, got ${trouble}.`);
      }
      await wait(random() * delayMs);
    }
    return undefined;
  };
}

interface Attempt {
  readonly text?: string;
  readonly trouble?: string;
  /** Whether another try may go better. */
  readonly passes?: boolean;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvokeFailed('Expected a function to answer in JSON.');
  }
}
