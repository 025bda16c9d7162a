import { types } from 'node:util';
import { PlainError } from './errors.ts';

/** System errors and undici's: `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`. Node's own `ERR_…` quote values. */
const HARMLESS_CODE = /^(E[A-Z0-9]+|UND_ERR_[A-Z_]+)$/;
/** What the engine says without quoting a value, unlike `Cannot create property 'a' on string '…'`. */
const HARMLESS_MESSAGE =
  /^(Cannot read properties of (undefined|null) \(reading '\w+'\)|[\w.]+ is not (a function|iterable|defined))$/;

/** What AWS says of a missing grant names a role, an action and a resource, and it is what one looks for. */
const ACCESS_DENIED =
  /^User: \S+ is not authorized to perform: [\w:]+ on resource: \S+( because [\w -]+ [\w:]+ action)?$/;

/**
 * What the log is told of an error nobody expected. A message in foreign words may quote what it
 * choked on, memo text included (`JSON.parse` and the gateway's assertions do), so of such an error
 * only its name and the places in the code are told.
 */
export function describeUnexpected(error: unknown): string {
  if (!types.isNativeError(error)) return `a thrown ${typeof error}`;
  const { name, message, cause } = error;
  const head = isHarmless(error) ? `${name}: ${message}` : name;
  // A memo may hold a stack trace: what looks like one inside the message is no frame.
  const trace = error.stack?.replace(message, () => '') ?? '';
  const frames = trace.split('\n').filter((line) => line.startsWith('    at '));
  const because = cause === undefined ? [] : [`caused by ${describeUnexpected(cause)}`];
  return [head, ...frames, ...because].join('\n');
}

function isHarmless(error: Error): boolean {
  if (error instanceof PlainError) return true;
  if (HARMLESS_MESSAGE.test(error.message) || ACCESS_DENIED.test(error.message)) return true;
  return 'code' in error && typeof error.code === 'string' && HARMLESS_CODE.test(error.code);
}
