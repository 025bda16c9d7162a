import { type CallEngine, EngineError } from './engineApi.ts';
import type { Index, LocalTable } from './localTable.ts';

/** The engine's description, as far as it is looked at. */
interface Description {
  readonly KeySchema: LocalTable['keySchema'];
  readonly AttributeDefinitions: LocalTable['attributes'];
  readonly LocalSecondaryIndexes?: readonly Index[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly StreamSpecification?: { readonly StreamEnabled: boolean };
}

/** How a table is in the engine; undefined when there is none. */
export async function findTable(
  call: CallEngine,
  tableName: string,
): Promise<LocalTable | undefined> {
  const description = await describe(call, tableName);
  if (!description) return undefined;
  return {
    tableName,
    keySchema: description.KeySchema,
    attributes: description.AttributeDefinitions,
    localIndexes: withoutState(description.LocalSecondaryIndexes),
    globalIndexes: withoutState(description.GlobalSecondaryIndexes),
    timeToLiveAttribute: await findTimeToLive(call, tableName),
    streamed: description.StreamSpecification?.StreamEnabled === true,
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

function withoutState(indexes: readonly Index[] = []): readonly Index[] {
  return indexes.map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
}

/** The attribute that says when an item expires, if one does. */
export async function findTimeToLive(
  call: CallEngine,
  TableName: string,
): Promise<string | undefined> {
  const { TimeToLiveDescription } = await call('DescribeTimeToLive', { TableName });
  const { TimeToLiveStatus, AttributeName } = Object(TimeToLiveDescription);
  return TimeToLiveStatus === 'ENABLED' ? AttributeName : undefined;
}
