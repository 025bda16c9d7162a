import { SubgraphOutOfReach } from '#domain/viewer/subgraphOutOfReach.ts';

/**
 * What the log is told of an error nobody expected. A message that isn't our own or the engine's may
 * quote what it choked on, memo text included (`JSON.parse` and the gateway's assertions do), so of
 * such an error only its name and the places in the code are told.
 */
export function describeUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const { name, message, cause } = error;
  const head = isHarmless(error) ? `${name}: ${message}` : name;
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  const because = cause === undefined ? [] : [`caused by ${describeUnexpected(cause)}`];
  return [head, ...frames, ...because].join('\n');
}

function isHarmless(error: Error): boolean {
  if (error instanceof SubgraphOutOfReach || error instanceof TypeError) return true;
  // System errors and undici's: `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`.
  return 'code' in error && typeof error.code === 'string' && /^(E|UND_ERR)_?/.test(error.code);
}
