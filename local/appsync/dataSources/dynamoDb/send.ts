import { toWire } from './attributes.ts';
import type { Expression } from './request.ts';

/**
 * Asks DynamoDB: its operation (`GetItem`), input and output in its own JSON. Rejects with an error
 * whose name is DynamoDB's (`ValidationException`); it may have a `requestId`, and
 * `CancellationReasons`, itself or in `details`.
 */
export type Send = (operation: string, input: object) => Promise<Output>;

export type Output = Readonly<Record<string, unknown>>;

export interface Table {
  readonly send: Send;
  readonly tableName: string;
}

/** Names and values that some expressions of one request refer to; DynamoDB refuses empty maps. */
export function attributes(...expressions: readonly (Expression | undefined)[]): object {
  const names = Object.assign({}, ...expressions.map((one) => one?.expressionNames));
  const values = Object.assign({}, ...expressions.map((one) => one?.expressionValues));
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: toWire(values) }),
  };
}
