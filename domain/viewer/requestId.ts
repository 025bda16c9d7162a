/** Narrow enough to go into logs and headers as it came. */
const WELL_FORMED = /^[A-Za-z0-9-]{8,64}$/;

/** The id a caller gave a request in `x-request-id`, when it is well-formed, or a new one. */
export function readRequestId(sent: string | undefined, newId: () => string): string {
  return sent !== undefined && WELL_FORMED.test(sent) ? sent : newId();
}
