import type { CloudOptions } from './cloud.ts';
import { createTables } from './dynamodb/createTables.ts';
import { createEngineApi } from './dynamodb/engineApi.ts';
import { type LocalTable, readTable } from './dynamodb/localTable.ts';
import { createDynamoDbService } from './dynamodb/service.ts';
import { sweepTables } from './dynamodb/sweepTables.ts';
import { createWireClient } from './dynamodb/wireClient.ts';
import type { AwsService } from './endpoint.ts';
import type { Resource } from './template/template.ts';

export interface OpenTables {
  readonly service: AwsService;
  /** Deletes what has expired. @returns how many items are gone */
  sweep(): Promise<number>;
  close(): void;
}

export interface OpenTablesOptions extends Pick<CloudOptions, 'engine' | 'faults' | 'clock'> {
  /** Hears of every write. */
  readonly onWrite: (tableName: string) => void;
}

/** Makes the engine have the tables of the templates, and DynamoDB answer for them. */
export async function openTables(
  resources: readonly Resource[],
  { engine: endpoint, faults, clock, onWrite }: OpenTablesOptions,
): Promise<OpenTables> {
  const engine = createWireClient({ endpoint });
  const tables = planTables(resources);
  try {
    await createTables(createEngineApi(engine), tables);
  } catch (error) {
    engine.close();
    throw error;
  }
  return {
    service: createDynamoDbService({ engine, tables, onWrite, faults }),
    sweep: () => sweepTables({ endpoint, tables, onWrite, clock }),
    close: engine.close,
  };
}

/**
 * A stream is made only where a mapping reads it: the engine keeps all records for ever and looks at
 * them at every write.
 */
function planTables(resources: readonly Resource[]): LocalTable[] {
  const isRead = ({ attributes }: Resource): boolean =>
    resources.some(
      ({ type, properties }) =>
        type === 'AWS::Lambda::EventSourceMapping' &&
        properties.EventSourceArn === attributes.StreamArn,
    );
  return resources
    .filter(({ type }) => type === 'AWS::DynamoDB::GlobalTable' || type === 'AWS::DynamoDB::Table')
    .map((resource) => {
      const table = readTable(resource);
      return { ...table, streamed: table.streamed && isRead(resource) };
    });
}
