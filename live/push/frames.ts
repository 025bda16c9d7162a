import type { GatewayError } from './askGateway.ts';

/** A `next` around a payload that is JSON already: it is written once for all who get the same. */
export function writeNext(operationId: string, payload: string): string {
  return `{"id":${JSON.stringify(operationId)},"type":"next","payload":${payload}}`;
}

/** What ends a subscription that has begun: the reason as a result, then the protocol's `complete`. */
export function writeEnd(operationId: string, errors: readonly GatewayError[]): [string, string] {
  const next = writeNext(operationId, JSON.stringify({ data: null, errors }));
  return [next, JSON.stringify({ id: operationId, type: 'complete' })];
}
