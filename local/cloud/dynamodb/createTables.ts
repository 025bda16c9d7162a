import { isDeepStrictEqual } from 'node:util';
import { StartError } from '#local/startError.ts';
import type { CallEngine } from './engineApi.ts';
import { withExpiries } from './expiries.ts';
import { findTable } from './findTable.ts';
import type { Index, LocalTable } from './localTable.ts';

/**
 * Creates the tables that aren't there, and brings those that are to what the template says, as
 * far as DynamoDB can do that in place. @throws StartError for what would need a new table
 */
export async function createTables(call: CallEngine, tables: readonly LocalTable[]): Promise<void> {
  const bring = async (table: LocalTable): Promise<void> => {
    const found = await findTable(call, table.tableName);
    if (found) await updateTable(call, found, table);
    else await createTable(call, table);
  };
  await Promise.all(withExpiries(tables).map(bring));
}

export async function createTable(call: CallEngine, table: LocalTable): Promise<void> {
  const { tableName, localIndexes, globalIndexes, timeToLiveAttribute } = table;
  await call('CreateTable', {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributes,
    ...(localIndexes.length > 0 && { LocalSecondaryIndexes: localIndexes }),
    ...(globalIndexes.length > 0 && { GlobalSecondaryIndexes: globalIndexes }),
    ...(table.streamed && { StreamSpecification: STREAM }),
  });
  if (timeToLiveAttribute) await setTimeToLive(call, tableName, timeToLiveAttribute, true);
}

const STREAM = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };

/** Changes nothing of a table that is as it should be already. */
async function updateTable(call: CallEngine, from: LocalTable, to: LocalTable): Promise<void> {
  refuseReplacement(from, to);
  await updateIndexes(call, from, to);
  if (from.streamed !== to.streamed) await setStream(call, to.tableName, to.streamed);
  if (from.timeToLiveAttribute === to.timeToLiveAttribute) return;
  const { tableName } = to;
  if (from.timeToLiveAttribute) {
    await setTimeToLive(call, tableName, from.timeToLiveAttribute, false);
  }
  if (to.timeToLiveAttribute) await setTimeToLive(call, tableName, to.timeToLiveAttribute, true);
}

/** What CloudFormation would make a new, empty table for. */
function refuseReplacement(from: LocalTable, to: LocalTable): void {
  const isSame =
    isDeepStrictEqual(from.keySchema, to.keySchema) &&
    isDeepStrictEqual(byName(from.localIndexes), byName(to.localIndexes));
  if (isSame) return;
  throw new StartError(
    `The table ${to.tableName} in the data folder has other keys or local indexes than the template wants, and DynamoDB can't change those. Export what you want to keep, then start with --reset.`,
  );
}

/** One after the other, as DynamoDB wants it; the engine fills a new one at once. */
async function updateIndexes(call: CallEngine, from: LocalTable, to: LocalTable): Promise<void> {
  const { tableName: TableName, attributes: AttributeDefinitions } = to;
  const before = byName(from.globalIndexes);
  const after = byName(to.globalIndexes);
  for (const [IndexName, index] of before) {
    if (isDeepStrictEqual(after.get(IndexName), index)) after.delete(IndexName);
    else await update({ Delete: { IndexName } });
  }
  for (const Create of after.values()) await update({ Create });

  function update(change: object): Promise<unknown> {
    const GlobalSecondaryIndexUpdates = [change];
    return call('UpdateTable', { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates });
  }
}

function byName(indexes: readonly Index[]): Map<string, Index> {
  return new Map(indexes.map((index) => [index.IndexName, withSortedProjection(index)]));
}

/** The order of projected attributes means nothing. */
function withSortedProjection({ Projection, ...index }: Index): Index {
  const { ProjectionType, NonKeyAttributes } = Projection;
  const sorted = NonKeyAttributes && { NonKeyAttributes: [...NonKeyAttributes].sort() };
  return { ...index, Projection: { ProjectionType, ...sorted } };
}

export async function setStream(call: CallEngine, TableName: string, isOn: boolean): Promise<void> {
  const StreamSpecification = isOn ? STREAM : { StreamEnabled: false };
  await call('UpdateTable', { TableName, StreamSpecification });
}

async function setTimeToLive(
  call: CallEngine,
  TableName: string,
  AttributeName: string,
  Enabled: boolean,
): Promise<void> {
  const TimeToLiveSpecification = { AttributeName, Enabled };
  await call('UpdateTimeToLive', { TableName, TimeToLiveSpecification });
}
