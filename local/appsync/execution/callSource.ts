import DataLoader from 'dataloader';
import type { DataSourceOutcome } from '#local/appsync/dataSources/dataSource.ts';
import type { Step } from './resolver.ts';
import type { Run } from './run.ts';

type Batches = WeakMap<Step, DataLoader<unknown, DataSourceOutcome>>;

/**
 * Calls a step's data source: with those of other fields as one, when the request says BatchInvoke
 * and the step allows it. A source that is out of reach is a problem that resolvers see.
 */
export async function callSource(
  step: Step,
  request: unknown,
  run: Run,
): Promise<DataSourceOutcome> {
  try {
    return await call(step, request, run);
  } catch (cause) {
    const { dataSource } = step;
    run.log({ level: 'error', message: 'data source failed', dataSource, error: String(cause) });
    return { result: null, error: { message: 'Internal failure.', type: 'InternalFailure' } };
  }
}

function call(step: Step, request: unknown, run: Run): Promise<DataSourceOutcome> {
  const { runBatch, maxBatchSize } = step;
  if (!runBatch || maxBatchSize === 0 || !isBatch(request)) return step.run(request);
  const batches = run.batches as Batches;
  let loader = batches.get(step);
  if (!loader) {
    loader = new DataLoader<unknown, DataSourceOutcome>(runBatch, {
      maxBatchSize,
      // Requests are values: two that look alike are two.
      cache: false,
      batchScheduleFn: (flush) => setImmediate(flush),
    });
    batches.set(step, loader);
  }
  return loader.load(request);
}

function isBatch(request: unknown): boolean {
  return typeof request === 'object' && request !== null && 'operation' in request
    ? request.operation === 'BatchInvoke'
    : false;
}
