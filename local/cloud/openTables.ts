import type { CloudOptions } from './cloud.ts';
import { createTables } from './dynamodb/createTables.ts';
import { createEngineApi } from './dynamodb/engineApi.ts';
import { readTable } from './dynamodb/localTable.ts';
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

/** Makes the engine have the tables of the templates, and DynamoDB answer for them. */
export async function openTables(
  resources: readonly Resource[],
  { engine: endpoint, faults, clock }: CloudOptions,
): Promise<OpenTables> {
  const engine = createWireClient({ endpoint });
  const tables = resources
    .filter(({ type }) => type === 'AWS::DynamoDB::GlobalTable' || type === 'AWS::DynamoDB::Table')
    .map(readTable);
  try {
    await createTables(createEngineApi(engine), tables);
  } catch (error) {
    engine.close();
    throw error;
  }
  return {
    service: createDynamoDbService({ engine, faults }),
    sweep: () => sweepTables({ endpoint, tables, clock }),
    close: engine.close,
  };
}
