import { compactIfLarge } from './cloud/dynamodb/compact.ts';
import { isStreamDone } from './cloud/events/openEvents.ts';
import type { Engine } from './engine.ts';
import { readEndpoints } from './folder/endpoints.ts';
import type { FormOptions } from './form.ts';
import { openEngine } from './openEngine.ts';

/** The engine, on a database that is rid of the stream records which every write would have to pass. */
export async function openCompactedEngine({
  options,
  surroundings,
  folder,
}: FormOptions): Promise<Engine> {
  const { dynamoDbEndpoint: endpoint, say } = surroundings;
  if (options.memory || endpoint) return openEngine({ endpoint });
  const file = folder.database;
  const engine = await openEngine({ file, last: readEndpoints(folder.endpoints)?.dynamodb });
  return compactIfLarge({
    file,
    engine,
    restart: () => openEngine({ file }),
    isRead: (tableName, end) => isStreamDone(folder.events, tableName, end),
    say,
  });
}
