import type { Log } from '#domain/log.ts';
import type { HttpResponse } from '#domain/viewer/httpMessage.ts';
import { checkOperation } from './checkOperation.ts';
import type { GatewayContext } from './context.ts';
import type { CompiledOperation } from './executor/operation.ts';
import { finishResponse } from './finishResponse.ts';
import type { Variables } from './variables.ts';

export interface AnswerKnownOptions {
  /** Whether error messages keep quiet about names that a caller nearly hit. */
  readonly hideSuggestions: boolean;
  readonly log: Log;
}

/**
 * Answers an operation that came before. Apollo Server found its document valid then, and has nothing
 * more to say: what it does for every request costs as much as running the operation.
 */
export async function answerKnown(
  known: CompiledOperation,
  variables: Variables,
  context: GatewayContext,
  { hideSuggestions, log }: AnswerKnownOptions,
): Promise<HttpResponse> {
  const { operation, schema } = known;
  const { readOnly } = context;
  const refusal = checkOperation({ operation, schema, variables, readOnly, hideSuggestions });
  const outcome = refusal ?? (await known.run(variables, context));
  const data = 'data' in outcome ? outcome.data : undefined;
  const { errors, status, headers } = finishResponse({ ...outcome, operation }, context, log);
  const extra = refusal?.headers;
  return {
    status,
    headers: extra ? { ...extra, ...headers } : headers,
    body: JSON.stringify(errors ? { errors, data } : { data }),
  };
}
