import { leanCondition } from './conditions.ts';
import { updateExpression } from './updates.ts';
import { toMapValues, VALUES } from './values.ts';

interface Given {
  readonly key: object;
  readonly item: object;
  readonly update: object;
  readonly query: object;
  readonly condition?: object | null;
  readonly filter?: object | null;
  readonly projection?: readonly string[] | null;
  readonly [option: string]: unknown;
}

interface TableGiven {
  readonly keys: readonly object[];
  readonly consistentRead?: boolean;
  readonly projection?: readonly string[];
}

const VERSIONING = ['customPartitionKey', 'populateIndexFields', '_version'];
const READING = ['index', 'limit', 'nextToken', 'consistentRead', 'select'];

/** `@aws-appsync/utils/dynamodb`: requests of the data source out of plain values. */
export const REQUESTS = {
  get: (given: Given) => ({
    operation: 'GetItem',
    ...keyOf(given),
    ...pick(given, ['consistentRead']),
    ...projection(given),
  }),
  put: (given: Given) => ({
    operation: 'PutItem',
    ...keyOf(given),
    attributeValues: toMapValues(given.item),
    ...pick(given, VERSIONING),
    ...condition(given),
  }),
  update: (given: Given) => ({
    operation: 'UpdateItem',
    ...keyOf(given),
    update: updateExpression(given.update),
    ...pick(given, VERSIONING),
    ...condition(given),
  }),
  remove: (given: Given) => ({
    operation: 'DeleteItem',
    ...keyOf(given),
    ...pick(given, VERSIONING),
    ...condition(given),
  }),
  query: (given: Given) => ({
    operation: 'Query',
    query: leanCondition(given.query),
    ...pick(given, [...READING, 'scanIndexForward']),
    ...filter(given),
    ...projection(given),
  }),
  scan: (given: Given) => ({
    operation: 'Scan',
    ...pick(given, [...READING, 'totalSegments', 'segment']),
    ...filter(given),
    ...projection(given),
  }),
  sync: (given: Given) => ({
    operation: 'Sync',
    ...pick(given, ['basePartitionKey', 'deltaIndexName', 'limit', 'nextToken', 'lastSync']),
    ...filter(given),
  }),
  batchGet: ({ tables }: { readonly tables: Readonly<Record<string, TableGiven>> }) => ({
    operation: 'BatchGetItem',
    tables: eachTable(tables, (table) => ({
      keys: table.keys.map(toMapValues),
      ...pick(table, ['consistentRead']),
      ...projection(table),
    })),
  }),
  batchPut: ({ tables }: { readonly tables: Readonly<Record<string, readonly object[]>> }) => ({
    operation: 'BatchPutItem',
    tables: eachTable(tables, (items) => items.map(toMapValues)),
  }),
  batchDelete: ({ tables }: { readonly tables: Readonly<Record<string, readonly object[]>> }) => ({
    operation: 'BatchDeleteItem',
    tables: eachTable(tables, (keys) => keys.map(toMapValues)),
  }),
  transactGet: ({ items }: { readonly items: readonly (Given & { table: string })[] }) => ({
    operation: 'TransactGetItems',
    transactItems: items.map((item) => ({
      table: item.table,
      ...keyOf(item),
      ...projection(item),
    })),
  }),
  transactWrite: ({ items }: { readonly items: readonly Readonly<Record<string, Given>>[] }) => ({
    operation: 'TransactWriteItems',
    transactItems: items.map(transactItem),
  }),
  toStringSet: VALUES.toStringSet,
  toNumberSet: VALUES.toNumberSet,
  toBinarySet: VALUES.toBinarySet,
};

function transactItem(item: Readonly<Record<string, Given>>) {
  const [[kind, given] = []] = Object.entries(item);
  if (!given) throw new Error('An item of transactWrite is empty');
  const common = { table: given.table, ...keyOf(given) };
  switch (kind) {
    case 'putItem':
      return {
        ...common,
        operation: 'PutItem',
        attributeValues: toMapValues(given.item),
        ...condition(given),
      };
    case 'updateItem':
      return {
        ...common,
        operation: 'UpdateItem',
        update: updateExpression(given.update),
        ...condition(given),
      };
    case 'deleteItem':
      return { ...common, operation: 'DeleteItem', ...condition(given) };
    case 'conditionCheck':
      return { ...common, operation: 'ConditionCheck', ...condition(given) };
    default:
      throw new Error(`transactWrite has no ${kind}`);
  }
}

function keyOf({ key }: { readonly key: object }) {
  return { key: toMapValues(key) };
}

function condition(given: Given) {
  return given.condition ? { condition: leanCondition(given.condition) } : {};
}

function filter(given: Given) {
  return given.filter ? { filter: leanCondition(given.filter) } : {};
}

function projection(given: { readonly projection?: readonly string[] | null }) {
  if (!given.projection) return {};
  const expressionNames: Record<string, string> = {};
  const paths = given.projection.map((path) =>
    path
      .split('.')
      .map((part) => {
        const [name = '', ...indexes] = part.split('[');
        expressionNames[`#${name}`] = name;
        return [`#${name}`, ...indexes].join('[');
      })
      .join('.'),
  );
  return { projection: { expression: paths.join(', '), expressionNames } };
}

function pick(given: object, names: readonly string[]): Record<string, unknown> {
  const wanted = Object.entries(given).filter(
    ([name, value]) => names.includes(name) && value != null,
  );
  return Object.fromEntries(wanted);
}

function eachTable<Table, Made>(
  tables: Readonly<Record<string, Table>>,
  make: (table: Table) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, make(table)]));
}
