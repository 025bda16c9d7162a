import { isDeepStrictEqual } from 'node:util';
import type { DataSourceOutcome } from '#local/appsync/dataSources/dataSource.ts';
import { type AttributeMap, fromWire, toWire } from './attributes.ts';
import type { Expression, Request, TableRequest } from './request.ts';
import { attributes, type Table } from './send.ts';

type ByTable<Value> = Readonly<Record<string, Value>>;
interface Unprocessed {
  readonly Keys: readonly AttributeMap[];
}
interface WriteRequest {
  readonly PutRequest?: { readonly Item: AttributeMap };
  readonly DeleteRequest?: { readonly Key: AttributeMap };
}

/** BatchGetItem: `data` has each table's items in the keys' order, null for what isn't there. */
export async function batchGetItem(request: Request, { send }: Table): Promise<DataSourceOutcome> {
  const tables = (request.tables ?? {}) as ByTable<TableRequest>;
  const output = await send('BatchGetItem', { RequestItems: each(tables, readRequest) });
  const { Responses = {}, UnprocessedKeys = {} } = output as {
    readonly Responses?: ByTable<readonly AttributeMap[]>;
    readonly UnprocessedKeys?: ByTable<Unprocessed>;
  };
  return {
    result: {
      data: each(tables, (table, name) => inOrder(table, Responses[name] ?? [])),
      unprocessedKeys: each(
        tables,
        (_, name) => UnprocessedKeys[name]?.Keys.map((key) => fromWire(key)) ?? [],
      ),
    },
  };
}

/** BatchPutItem: `data` has each table's items, null for what wasn't processed. */
export function batchPutItem(request: Request, { send }: Table): Promise<DataSourceOutcome> {
  return batchWrite(request, send, {
    toWrite: (Item) => ({ PutRequest: { Item } }),
    fromWrite: ({ PutRequest }) => PutRequest?.Item ?? {},
    left: 'unprocessedItems',
  });
}

/** BatchDeleteItem: `data` has each table's keys, null for what wasn't processed. */
export function batchDeleteItem(request: Request, { send }: Table): Promise<DataSourceOutcome> {
  return batchWrite(request, send, {
    toWrite: (Key) => ({ DeleteRequest: { Key } }),
    fromWrite: ({ DeleteRequest }) => DeleteRequest?.Key ?? {},
    left: 'unprocessedKeys',
  });
}

interface Writing {
  readonly toWrite: (map: AttributeMap) => WriteRequest;
  readonly fromWrite: (write: WriteRequest) => AttributeMap;
  readonly left: 'unprocessedItems' | 'unprocessedKeys';
}

async function batchWrite(
  request: Request,
  send: Table['send'],
  { toWrite, fromWrite, left }: Writing,
): Promise<DataSourceOutcome> {
  const tables = each((request.tables ?? {}) as ByTable<readonly object[]>, (maps) =>
    maps.map(toWire),
  );
  const writes = each(tables, (maps) => maps.map(toWrite));
  const { UnprocessedItems = {} } = (await send('BatchWriteItem', { RequestItems: writes })) as {
    readonly UnprocessedItems?: ByTable<readonly WriteRequest[]>;
  };
  const rest = each(tables, (_, name): readonly AttributeMap[] =>
    (UnprocessedItems[name] ?? []).map(fromWrite),
  );
  const isLeft = (name: string, map: AttributeMap) =>
    rest[name]?.some((other) => isDeepStrictEqual(map, other));
  return {
    result: {
      data: each(tables, (maps, name) =>
        maps.map((map) => (isLeft(name, map) ? null : fromWire(map))),
      ),
      [left]: each(rest, (maps) => maps.map((map) => fromWire(map))),
    },
  };
}

function readRequest({ keys, consistentRead, projection }: TableRequest): object {
  const whole = projection && withKeys(projection, keyNames(keys));
  return {
    Keys: keys.map(toWire),
    ...(consistentRead != null && { ConsistentRead: consistentRead }),
    ...(whole && { ProjectionExpression: whole.expression }),
    ...attributes(whole),
  };
}

/** What comes in any order is put into that of the keys. */
function inOrder({ keys, projection }: TableRequest, found: readonly AttributeMap[]): unknown[] {
  const added = projection ? addedKeys(projection, keyNames(keys)) : [];
  return keys.map((key) => {
    const wished = Object.entries(toWire(key));
    const item = found.find((one) =>
      wished.every(([name, value]) => isDeepStrictEqual(one[name], value)),
    );
    if (!item) return null;
    return fromWire(
      Object.fromEntries(Object.entries(item).filter(([name]) => !added.includes(name))),
    );
  });
}

/** Without its key nobody knows whose place an item takes. */
function withKeys(projection: Expression, names: readonly string[]): Expression {
  const added = addedKeys(projection, names).map((name, index) => [`#addedKey${index}`, name]);
  return {
    expression: [projection.expression, ...added.map(([placeholder]) => placeholder)].join(', '),
    expressionNames: { ...projection.expressionNames, ...Object.fromEntries(added) },
  };
}

function addedKeys(projection: Expression, names: readonly string[]): readonly string[] {
  const projected = projection.expression.split(',').map((path) => {
    const name = path.trim();
    return projection.expressionNames?.[name] ?? name;
  });
  return names.filter((name) => !projected.includes(name));
}

function keyNames(keys: readonly object[]): readonly string[] {
  return Object.keys(keys[0] ?? {});
}

function each<Given, Made>(
  tables: ByTable<Given>,
  make: (value: Given, name: string) => Made,
): Record<string, Made> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, value]) => [name, make(value, name)]),
  );
}
