import { readAppSyncAnswer } from '#client/appsyncAnswer.ts';
import {
  type GraphqlAnswer,
  type GraphqlReply,
  graphqlEndpoint,
  type PostGraphql,
} from './graphqlEndpoint.ts';
import type { AppSyncPlace } from './serviceConfig.ts';

/**
 * The AppSync door, asked as the federated one is: a token stands alone in its header, nobody's requests carry
 * the API key, and errors are read as every door tells them. What AppSync said itself is kept to be shown, with a hint where it only
 * says that nobody may do that.
 */
export function appsyncEndpoint(
  { url, apiKey }: AppSyncPlace,
  fetch: typeof globalThis.fetch,
): PostGraphql {
  const post = graphqlEndpoint(url, fetch);
  return async (request, headers) => {
    const sent = identified(headers, apiKey);
    const reply = read(await post(request, sent));
    return 'authorization' in sent ? reply : advise(reply);
  };
}

function identified(
  headers: Readonly<Record<string, string>>,
  apiKey: string,
): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const { authorization, ...others } = Object.fromEntries(entries) as Record<string, string>;
  if (authorization === undefined) return { 'x-api-key': apiKey, ...others };
  return { ...others, authorization: authorization.replace(/^Bearer /, '') };
}

/** What the way itself broke was never AppSync's, and stays as it is. */
function read({ status, answer }: GraphqlReply): GraphqlReply {
  if (status === 0) return { status, answer };
  return { status, answer: readAppSyncAnswer(status, answer) as GraphqlAnswer, shown: answer };
}

const SIGN_IN =
  'Sign in on the left: without a token the AppSync door knows signUp, signIn and refreshSession alone.';

/** AppSync says the same to who is nobody as to who may not. */
function advise({ shown, ...reply }: GraphqlReply): GraphqlReply {
  const isRefused = reply.answer.errors?.some(({ extensions }) => isUnauthorized(extensions));
  if (!shown || !isRefused) return { ...reply, ...(shown && { shown }) };
  return { ...reply, shown: { extensions: { hint: SIGN_IN }, ...shown } };
}

const isUnauthorized = (extensions: object = {}): boolean =>
  'reason' in extensions && extensions.reason === 'Unauthorized';
