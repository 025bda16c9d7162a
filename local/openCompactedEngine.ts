import { compactIfLarge } from './cloud/dynamodb/compact.ts';
import { isStreamDone } from './cloud/events/openEvents.ts';
import type { Engine } from './engine.ts';
import type { FormOptions } from './form.ts';
import { openEngine, portOf } from './openEngine.ts';
import type { PortWish } from './wishedPorts.ts';

/** The engine, on a database that is rid of the stream records which every write would have to pass. */
export async function openCompactedEngine(
  port: PortWish,
  { options, surroundings, folder }: FormOptions,
): Promise<Engine> {
  const { dynamoDbEndpoint: endpoint, say } = surroundings;
  if (options.memory || endpoint) return openEngine({ port, endpoint });
  const file = folder.database;
  const engine = await openEngine({ port, file });
  return compactIfLarge({
    file,
    engine,
    restart: () => openEngine({ file, port: { port: portOf(engine), orFree: true } }),
    isRead: (tableName, end) => isStreamDone(folder.events, tableName, end),
    say,
  });
}
