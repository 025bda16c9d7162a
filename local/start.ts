import { isDeepStrictEqual } from 'node:util';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { type Database, openDatabase, TABLE_NAMES } from './database.ts';
import { offerDemo } from './demo.ts';
import { type Doors, takeDoors } from './doors.ts';
import { type DataFolder, openDataFolder } from './folder/dataFolder.ts';
import { describeEndpoints, type Endpoints, writeEndpoints } from './folder/endpoints.ts';
import { type LogFile, openLogFile } from './folder/logFile.ts';
import { createSigningKey, openSigningKey } from './folder/signingKeyFile.ts';
import { LAPTOP_THROTTLE } from './laptopThrottle.ts';
import type { StartOptions } from './options.ts';
import { servePlayground } from './playground.ts';
import { keepSwept } from './sweeping.ts';
import { wishPorts } from './wishedPorts.ts';

export interface RunningMemopad {
  readonly endpoints: Endpoints;
  /** Resolves, with why, when it can't go on. */
  readonly failed: Promise<string>;
  /** Finishes running requests, then closes everything. */
  stop(): Promise<void>;
}

export interface Surroundings {
  /** Tells the person what takes a while. */
  readonly say: (text: string) => void;
  /** The built playground. */
  readonly playgroundFolder: string;
  /** Any DynamoDB-compatible endpoint to use instead of the embedded engine. */
  readonly dynamoDbEndpoint?: string | undefined;
}

/** Starts everything, on this machine's loopback address alone. @throws StartError */
export async function startMemopad(
  options: StartOptions,
  surroundings: Surroundings,
): Promise<RunningMemopad> {
  const cleanup = createCleanup();
  try {
    return await start(options, surroundings, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(
  options: StartOptions,
  surroundings: Surroundings,
  cleanup: Cleanup,
): Promise<RunningMemopad> {
  const { folder, logFile, doors, opening } = await openOutside(options, surroundings, cleanup);
  const [database, signingKey, { composeMemopad }] = await Promise.all([
    opening,
    options.memory ? createSigningKey() : openSigningKey(folder.signingKey),
    // Loaded while the engine starts in a process of its own.
    import('#one-process/compose.ts'),
  ]);
  const { dynamoDb } = database;
  const { log } = logFile;
  const memopad = await composeMemopad({
    dynamoDb,
    tableNames: TABLE_NAMES,
    issuer: doors.auth.url,
    signingKey,
    subgraphs: options.subgraphs,
    throttle: LAPTOP_THROTTLE,
    inviteUrl: (secret) => `${doors.gateway.url}/playground#invite=${secret}`,
    log,
  });
  cleanup.add(async () => {
    await doors.close();
    await memopad.stop();
  });
  if (!options.memory) rememberPorts(folder, doors, database);
  const demo = await offerDemo({
    gateway: memopad.gateway,
    folder,
    options,
    say: surroundings.say,
  });
  const { playgroundFolder } = surroundings;
  const gateway = servePlayground({ folder: playgroundFolder, demo, next: memopad.gateway });
  doors.open({ gateway, auth: memopad.auth });
  cleanup.add(keepSwept(dynamoDb, log));
  const endpoints = describeEndpoints({
    gateway: doors.gateway.url,
    issuer: doors.auth.url,
    dynamodb: database.endpoint,
    dataDir: folder.path,
    ...(demo && { demo }),
  });
  cleanup.add(writeEndpoints(folder.endpoints, endpoints));
  const failed = database.ended.then((words) => `The DynamoDB engine has ended. ${words}`);
  return { endpoints, failed, stop: () => cleanup.run() };
}

/** What the outside gives us: the folder, the ports, the engine. */
async function openOutside(
  { dataDir, reset, memory, port, verbose }: StartOptions,
  { dynamoDbEndpoint }: Surroundings,
  cleanup: Cleanup,
): Promise<{ folder: DataFolder; logFile: LogFile; doors: Doors; opening: Promise<Database> }> {
  const folder = openDataFolder(dataDir, { reset });
  cleanup.add(folder.close);
  const logFile = openLogFile({ folder: folder.logs, ...(verbose && { print: console.log }) });
  cleanup.add(logFile.close);
  const wishes = wishPorts({ port, last: folder.settings.ports, forgetful: memory });
  const opening = openDatabase({
    port: wishes.engine,
    file: memory ? undefined : folder.database,
    endpoint: dynamoDbEndpoint,
  });
  cleanup.add(async () => (await opening).stop());
  // It may fail while we still wait for the ports; whoever awaits it is told then.
  opening.catch(() => {});
  const doors = await takeDoors(wishes);
  cleanup.add(doors.close);
  return { folder, logFile, doors, opening };
}

/** The next start takes the same ports: clients and the issuer in every token name them. */
function rememberPorts(folder: DataFolder, doors: Doors, database: Database): void {
  const ports = {
    gateway: doors.gateway.port,
    auth: doors.auth.port,
    engine: database.ownPort ?? folder.settings.ports?.engine,
  };
  if (isDeepStrictEqual(ports, folder.settings.ports)) return;
  folder.saveSettings({ ...folder.settings, ports });
}
