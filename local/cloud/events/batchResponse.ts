/**
 * How many records of a batch are done, counted from its start, when the function reports failures.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 * @param payload what the function answered
 * @param sequenceNumbers of the batch
 */
export function countDone(payload: string, sequenceNumbers: readonly string[]): number {
  const answer: unknown = payload === '' ? null : JSON.parse(payload);
  if (answer === null || isEmptyList(answer)) return sequenceNumbers.length;
  if (typeof answer !== 'object' || Array.isArray(answer)) return 0;
  const { batchItemFailures: failures = null } = answer as { batchItemFailures?: unknown };
  if (failures === null) return sequenceNumbers.length;
  if (!Array.isArray(failures)) return 0;
  // An identifier that is none fails the whole batch, and so does one of another batch.
  const indexes = failures.map((one) => sequenceNumbers.indexOf(Object(one).itemIdentifier));
  return Math.max(0, Math.min(sequenceNumbers.length, ...indexes));
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/**
 * Which messages of a queue failed, when the function reports failures: all of them for an answer that isn't one.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 * @param ids of the batch
 */
export function readFailures(payload: string, ids: readonly string[]): ReadonlySet<string> {
  const answer: unknown = payload === '' ? null : JSON.parse(payload);
  if (answer === null || isEmptyList(answer)) return new Set();
  const { batchItemFailures: failures = [] } = Object(answer);
  const all = new Set(ids);
  if (failures === null) return new Set();
  if (!Array.isArray(failures)) return all;
  const named = failures.map((one) => Object(one).itemIdentifier);
  return named.every((id) => all.has(id)) ? new Set(named) : all;
}
