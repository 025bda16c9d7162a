import { isDeepStrictEqual } from 'node:util';
import { StartError } from '#local/startError.ts';
import { type CallEngine, EngineError } from './engineApi.ts';
import { withExpiries } from './expiries.ts';
import type { Index, LocalTable } from './localTable.ts';

/**
 * Creates the tables that aren't there, and brings those that are to what the template says, as
 * far as DynamoDB can do that in place. @throws StartError for what would need a new table
 */
export async function createTables(call: CallEngine, tables: readonly LocalTable[]): Promise<void> {
  await Promise.all(withExpiries(tables).map((table) => createOrUpdate(call, table)));
}

async function createOrUpdate(call: CallEngine, table: LocalTable): Promise<void> {
  const found = await describe(call, table.tableName);
  if (found) await update(call, table, found);
  else await call('CreateTable', toCreateTableInput(table));
  await setTimeToLive(call, table);
}

/** The engine's own description, as far as it is looked at. */
interface Description {
  readonly KeySchema: unknown;
  readonly LocalSecondaryIndexes?: readonly Index[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly StreamSpecification?: {
    readonly StreamEnabled: boolean;
    readonly StreamViewType: string;
  };
}

async function describe(call: CallEngine, TableName: string): Promise<Description | undefined> {
  try {
    const { Table } = await call('DescribeTable', { TableName });
    return Table as Description;
  } catch (error) {
    if (error instanceof EngineError && error.type === 'ResourceNotFoundException')
      return undefined;
    throw error;
  }
}

/** Also copies a table whose description it gets. */
export function toCreateTableInput(table: LocalTable): object {
  const { localIndexes, globalIndexes } = table;
  return {
    TableName: table.tableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributes,
    ...(localIndexes.length > 0 && { LocalSecondaryIndexes: localIndexes }),
    ...(globalIndexes.length > 0 && { GlobalSecondaryIndexes: globalIndexes }),
    ...(table.streamed && { StreamSpecification: STREAM }),
  };
}

const STREAM = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };

async function update(call: CallEngine, table: LocalTable, found: Description): Promise<void> {
  const { tableName: TableName, attributes: AttributeDefinitions } = table;
  refuseReplacement(table, found);
  const before = byName(found.GlobalSecondaryIndexes);
  const after = byName(table.globalIndexes);
  const change = (input: object): Promise<unknown> => call('UpdateTable', { TableName, ...input });
  for (const [IndexName, index] of before) {
    if (isDeepStrictEqual(after.get(IndexName), index)) continue;
    await change({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });
    before.delete(IndexName);
  }
  for (const [IndexName, Create] of after) {
    if (before.has(IndexName)) continue;
    await change({ AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] });
  }
  const isStreamed = found.StreamSpecification?.StreamEnabled === true;
  if (isStreamed === table.streamed) return;
  await change({ StreamSpecification: table.streamed ? STREAM : { StreamEnabled: false } });
}

/** What CloudFormation would make a new, empty table for. */
function refuseReplacement(table: LocalTable, found: Description): void {
  const isSame =
    isDeepStrictEqual(found.KeySchema, table.keySchema) &&
    isDeepStrictEqual(byName(found.LocalSecondaryIndexes), byName(table.localIndexes));
  if (isSame) return;
  throw new StartError(
    `The table ${table.tableName} in the data folder has other keys or local indexes than the template wants, and DynamoDB can't change those. Export what you want to keep, then start with --reset.`,
  );
}

/** Indexes without what a description adds. */
function byName(indexes: readonly Index[] = []): Map<string, Index> {
  return new Map(
    indexes.map(({ IndexName, KeySchema, Projection }) => [
      IndexName,
      { IndexName, KeySchema, Projection: sortAttributes(Projection) },
    ]),
  );
}

/** Their order means nothing. */
function sortAttributes({
  ProjectionType,
  NonKeyAttributes,
}: Index['Projection']): Index['Projection'] {
  return {
    ProjectionType,
    ...(NonKeyAttributes && { NonKeyAttributes: [...NonKeyAttributes].sort() }),
  };
}

async function setTimeToLive(call: CallEngine, table: LocalTable): Promise<void> {
  const { tableName: TableName, timeToLiveAttribute: wanted } = table;
  const { TimeToLiveDescription } = await call('DescribeTimeToLive', { TableName });
  const { TimeToLiveStatus, AttributeName } = Object(TimeToLiveDescription);
  const found = TimeToLiveStatus === 'ENABLED' ? AttributeName : undefined;
  if (found === wanted) return;
  const set = (name: unknown, Enabled: boolean): Promise<unknown> =>
    call('UpdateTimeToLive', {
      TableName,
      TimeToLiveSpecification: { AttributeName: name, Enabled },
    });
  if (found) await set(found, false);
  if (wanted) await set(wanted, true);
}
