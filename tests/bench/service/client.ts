import { type Api, connect } from '#scripts/transfer/api.ts';
import { eachConcurrently } from '#scripts/transfer/eachConcurrently.ts';
import { CREATE_MEMO } from '#scripts/transfer/operations.ts';
import type { Endpoints } from './memopad.ts';

const SIGN_IN =
  'mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken user { id } } }';

export interface SignedIn {
  readonly api: Api;
  readonly authorization: string;
  readonly userId: string;
}

/** Signs the demo account in. */
export async function signIn({ federated, demo }: Endpoints): Promise<SignedIn> {
  const anyone = await connect(federated, { token: '' });
  const { signIn: payload } = await anyone<{
    signIn: { accessToken: string; user: { id: string } };
  }>(SIGN_IN, { input: demo });
  const api = await connect(federated, { token: payload.accessToken });
  return {
    api,
    authorization: `Bearer ${payload.accessToken}`,
    userId: payload.user.id,
  };
}

/** The body of a request that signs the demo account in. */
export function signInBody({ demo }: Endpoints): string {
  return JSON.stringify({ query: SIGN_IN, variables: { input: demo } });
}

/** Makes memos of about 2 KB in a pad and gives their ids. */
export async function createMemos(api: Api, padId: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  const numbers = Array.from({ length: count }, (_, index) => index);
  await eachConcurrently(numbers, 8, async (number) => {
    const input = { padId, title: `Memo ${number}`, body: memoText(number), tags: ['bench'] };
    const { createMemo } = await api<{ createMemo: { id: string } }>(CREATE_MEMO, { input });
    ids.push(createMemo.id);
  });
  return ids;
}

/** About 2 KB of Markdown with tasks, in English and Korean, always the same for a number. */
export function memoText(number: number): string {
  const paragraph =
    'A line of Markdown that somebody wrote down, so as not to forget it. 잊지 않기. ';
  return `# Memo ${number}\n\n- [ ] first task\n- [x] second task\n\n${paragraph.repeat(20)}\n`;
}
