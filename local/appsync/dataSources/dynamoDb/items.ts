import { isDeepStrictEqual } from 'node:util';
import type { DataSourceOutcome } from '#local/appsync/dataSources/dataSource.ts';
import { type AttributeMap, fromWire, toWire } from './attributes.ts';
import { describe, isDynamoDbError, RequestError } from './errors.ts';
import { type Condition, parsed, type Request } from './request.ts';
import { attributes, type Table } from './send.ts';

/** GetItem. */
export async function getItem(request: Request, table: Table): Promise<DataSourceOutcome> {
  const { key, consistentRead = false, projection } = request;
  const { Item } = await table.send('GetItem', {
    TableName: table.tableName,
    Key: toWire(key),
    ConsistentRead: consistentRead,
    ...(projection && { ProjectionExpression: projection.expression }),
    ...attributes(projection),
  });
  return { result: fromWire(Item as AttributeMap | undefined) };
}

/** PutItem, whose result is the item as it was put. */
export async function putItem(request: Request, table: Table): Promise<DataSourceOutcome> {
  const condition = parsed(request.condition);
  const item = itemOf(request);
  const written = table.send('PutItem', {
    TableName: table.tableName,
    Item: item,
    ...conditionInput(condition),
    ...attributes(condition),
  });
  const isWished = (current: AttributeMap | undefined) =>
    current !== undefined && areEqual(item, current, condition?.equalsIgnore ?? []);
  return unlessRefused(written, () => fromWire(item), { request, table, isWished });
}

/** UpdateItem, whose result is the item as it is then. */
export async function updateItem(request: Request, table: Table): Promise<DataSourceOutcome> {
  const condition = parsed(request.condition);
  const written = table.send('UpdateItem', {
    TableName: table.tableName,
    Key: toWire(request.key),
    ...(request.update && { UpdateExpression: request.update.expression }),
    ...conditionInput(condition),
    ...attributes(request.update, condition),
    ReturnValues: 'ALL_NEW',
  });
  const result = ({ Attributes }: { readonly Attributes?: unknown }) =>
    fromWire(Attributes as AttributeMap | undefined);
  return unlessRefused(written, result, { request, table, isWished: () => false });
}

/** DeleteItem, whose result is the item as it was. */
export async function deleteItem(request: Request, table: Table): Promise<DataSourceOutcome> {
  const condition = parsed(request.condition);
  const written = table.send('DeleteItem', {
    TableName: table.tableName,
    Key: toWire(request.key),
    ...conditionInput(condition),
    ...attributes(condition),
    ReturnValues: 'ALL_OLD',
  });
  const result = ({ Attributes }: { readonly Attributes?: unknown }) =>
    fromWire(Attributes as AttributeMap | undefined);
  const isWished = (current: AttributeMap | undefined) => current === undefined;
  return unlessRefused(written, result, { request, table, isWished });
}

/** An item to put: its attributes and its key. */
export function itemOf({ attributeValues = {}, key }: Request): AttributeMap {
  return { ...toWire(attributeValues), ...toWire(key) };
}

export function conditionInput(condition: Condition | undefined): object {
  return condition ? { ConditionExpression: condition.expression } : {};
}

interface Refusal {
  readonly request: Request;
  readonly table: Table;
  /** Whether the item is already what the write would have made of it. */
  readonly isWished: (current: AttributeMap | undefined) => boolean;
}

/**
 * When the condition fails AppSync reads the item (one more read, of its own cost and moment). Is it
 * already as wished, then that is success; else an error with the item as its result.
 * https://docs.aws.amazon.com/appsync/latest/devguide/js-aws-appsync-resolver-reference-dynamodb-condition-expressions.html
 */
async function unlessRefused<Output>(
  written: Promise<Output>,
  result: (output: Output) => unknown,
  refusal: Refusal,
): Promise<DataSourceOutcome> {
  try {
    return { result: result(await written) };
  } catch (error) {
    if (!isDynamoDbError(error, 'ConditionalCheckFailedException')) throw error;
    const { request, table, isWished } = refusal;
    const condition = parsed(request.condition);
    refuseCustomHandler(condition);
    const { Item } = await table.send('GetItem', {
      TableName: table.tableName,
      Key: toWire(request.key),
      ConsistentRead: condition?.consistentRead ?? true,
    });
    const current = Item as AttributeMap | undefined;
    if (isWished(current)) return { result: fromWire(current) };
    return { result: fromWire(current), error: describe(error) };
  }
}

function refuseCustomHandler(condition: Condition | undefined): void {
  if (condition?.conditionalCheckFailedHandler?.strategy !== 'Custom') return;
  throw new RequestError('Functions that handle failed conditions do not run on this laptop.');
}

function areEqual(one: AttributeMap, other: AttributeMap, ignored: readonly string[]): boolean {
  const compared = (item: AttributeMap) =>
    Object.fromEntries(Object.entries(item).filter(([name]) => !ignored.includes(name)));
  return isDeepStrictEqual(compared(one), compared(other));
}
