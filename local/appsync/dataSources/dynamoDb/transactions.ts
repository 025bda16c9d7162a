import type { DataSourceOutcome } from '#local/appsync/dataSources/dataSource.ts';
import { type AttributeMap, fromWire, toWire } from './attributes.ts';
import { type DynamoDbError, describe, isDynamoDbError, RequestError } from './errors.ts';
import { conditionInput, itemOf } from './items.ts';
import { parsed, type Request } from './request.ts';
import { attributes, type Table } from './send.ts';

type Item = Request & { readonly table: string };
interface Reason {
  readonly Code?: string;
  readonly Message?: string;
  readonly Item?: AttributeMap;
}

/** TransactGetItems: `items` in the order of the request, null for what isn't there. */
export async function transactGetItems(request: Request, table: Table): Promise<DataSourceOutcome> {
  const TransactItems = (request.transactItems ?? []).map((item) => ({
    Get: {
      TableName: item.table,
      Key: toWire(item.key),
      ...(item.projection && { ProjectionExpression: item.projection.expression }),
      ...attributes(item.projection),
    },
  }));
  return unlessCancelled('items', async () => {
    const { Responses = [] } = await table.send('TransactGetItems', { TransactItems });
    return (Responses as readonly { readonly Item?: AttributeMap }[]).map((one) =>
      fromWire(one.Item),
    );
  });
}

/** TransactWriteItems: `keys` in the order of the request. */
export async function transactWriteItems(
  request: Request,
  table: Table,
): Promise<DataSourceOutcome> {
  const items = request.transactItems ?? [];
  return unlessCancelled('keys', async () => {
    await table.send('TransactWriteItems', { TransactItems: items.map(writeOf) });
    return items.map(({ key }) => fromWire(toWire(key)));
  });
}

/** A cancelled transaction's result says why, item by item: `{ type, message, item? }`; `type` is DynamoDB's code, `None` for innocent ones. */
async function unlessCancelled(
  name: 'items' | 'keys',
  transact: () => Promise<unknown>,
): Promise<DataSourceOutcome> {
  try {
    return { result: { [name]: await transact(), cancellationReasons: null } };
  } catch (error) {
    if (!isDynamoDbError(error, 'TransactionCanceledException')) throw error;
    const cancellationReasons = reasonsOf(error).map(({ Code, Message, Item }) => ({
      type: Code ?? 'None',
      message: Message ?? null,
      ...(Item && { item: fromWire(Item) }),
    }));
    return { result: { [name]: null, cancellationReasons }, error: describe(error) };
  }
}

function reasonsOf(error: DynamoDbError): readonly Reason[] {
  return (error.CancellationReasons ??
    error.details?.CancellationReasons ??
    []) as readonly Reason[];
}

function writeOf(item: Item): object {
  const condition = parsed(item.condition);
  const common = {
    TableName: item.table,
    ...conditionInput(condition),
    ...attributes(item.update, condition),
    ...(condition?.returnValuesOnConditionCheckFailure !== false &&
      condition && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
  };
  const Key = toWire(item.key);
  switch (item.operation) {
    case 'PutItem':
      return { Put: { ...common, Item: itemOf(item) } };
    case 'UpdateItem':
      return { Update: { ...common, Key, UpdateExpression: item.update?.expression } };
    case 'DeleteItem':
      return { Delete: { ...common, Key } };
    case 'ConditionCheck':
      return { ConditionCheck: { ...common, Key } };
    default:
      throw new RequestError(`A transaction has no operation ${item.operation}.`);
  }
}
