import type { DataSource, DataSourceOutcome } from './dataSource.ts';

/**
 * Invokes the function as the data source's role, and gives what it answered. Rejects with a
 * FunctionError when it failed, with an error of AWS's name when it could not be invoked at all.
 */
export type Invoke = (
  payload: unknown,
  invocationType: 'RequestResponse' | 'Event',
) => Promise<unknown>;

/** A function that failed. */
export class FunctionError extends Error {
  /** As Invoke's header `x-amz-function-error` says: `Unhandled`. */
  readonly kind: string;

  /** @param message the `errorMessage` of its payload */
  constructor(message: string, kind = 'Unhandled') {
    super(message);
    this.name = 'FunctionError';
    this.kind = kind;
  }
}

interface LambdaRequest {
  readonly operation: 'Invoke' | 'BatchInvoke';
  readonly payload?: unknown;
  readonly invocationType?: 'RequestResponse' | 'Event';
}

/**
 * A data source of type AWS_LAMBDA. A batch's function gets an array of payloads and answers with
 * an array of results; whatever they are they become `ctx.result`, errors of single ones too.
 * https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-lambda-js.html
 */
export function createLambdaSource({ invoke }: { readonly invoke: Invoke }): DataSource {
  const runBatch = async (requests: readonly unknown[]) => {
    const payloads = requests.map((request) => (request as LambdaRequest).payload ?? null);
    const { result, error } = await call(invoke, payloads, 'RequestResponse');
    if (error) return requests.map(() => ({ result: null, error }));
    if (isListOf(result, requests.length)) return result.map((one) => ({ result: one ?? null }));
    return requests.map(() => wrongAnswer(requests.length));
  };
  return {
    async run(request) {
      const {
        operation,
        payload = null,
        invocationType = 'RequestResponse',
      } = readRequest(request);
      if (operation === 'Invoke') return call(invoke, payload, invocationType);
      const [outcome] = await runBatch([request]);
      return outcome ?? wrongAnswer(1);
    },
    runBatch,
  };
}

async function call(
  invoke: Invoke,
  payload: unknown,
  invocationType: 'RequestResponse' | 'Event',
): Promise<DataSourceOutcome> {
  try {
    const answer = await invoke(payload, invocationType);
    return { result: invocationType === 'Event' ? null : (answer ?? null) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { result: null, error: { message: error.message, type: `Lambda:${nameOf(error)}` } };
  }
}

function nameOf(error: Error): string {
  if (error instanceof FunctionError) return error.kind;
  if (error.name.endsWith('Exception')) return error.name;
  throw error;
}

function isListOf(result: unknown, length: number): result is readonly unknown[] {
  return Array.isArray(result) && result.length === length;
}

function wrongAnswer(expected: number): DataSourceOutcome {
  const message = `Expected a list of ${expected} results for a batch of ${expected}.`;
  return { result: null, error: { message, type: 'Lambda:IllegalArgument' } };
}

function readRequest(request: unknown): LambdaRequest {
  const { operation } = (request ?? {}) as LambdaRequest;
  if (operation === 'Invoke' || operation === 'BatchInvoke') return request as LambdaRequest;
  return { operation: 'Invoke', payload: request };
}
