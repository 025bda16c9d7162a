import { type Database, LOCAL_TABLES, openTables } from './database.ts';
import { type Doors, portsOf, takeDoors } from './doors.ts';
import { createSigningKey, openSigningKey } from './folder/signingKeyFile.ts';
import type { Form, FormOptions, OpenForm } from './form.ts';
import { LAPTOP_THROTTLE } from './laptopThrottle.ts';
import { openLive } from './oneProcessLive.ts';
import { openCompactedEngine } from './openCompactedEngine.ts';
import { servePlayground } from './playground.ts';
import { sweepExpired } from './sweepExpired.ts';
import { keepSwept } from './sweeping.ts';
import { TABLE_NAMES } from './tableNames.ts';
import { wishPorts } from './wishedPorts.ts';

/** Memopad in one process: the gateway and both services as one program, without templates. */
export const openOneProcess: OpenForm = async (given) => {
  const { options, surroundings, folder, log, cleanup } = given;
  const { doors, opening } = await openOutside(given);
  const [database, signingKey, { composeMemopad }] = await Promise.all([
    opening,
    options.memory ? createSigningKey() : openSigningKey(folder.signingKey),
    // Loaded while the engine starts in a process of its own.
    import('#one-process/compose.ts'),
  ]);
  const memopad = await composeMemopad({
    dynamoDb: database.dynamoDb,
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
  await openLive({
    given,
    dynamoDb: database.dynamoDb,
    endpoint: database.endpoint,
    issuer: doors.auth.url,
    signingKey,
    gateway: memopad.gateway,
    held: doors.socket,
  });
  cleanup.add(keepSwept({ sweep: () => sweepTables(database), log }));
  return {
    ...describeOutside(doors, database),
    gateway: memopad.gateway,
    open(demo) {
      const { playgroundFolder } = surroundings;
      const socket = socketUrlOf(doors);
      const next = memopad.gateway;
      const gateway = servePlayground({ folder: playgroundFolder, demo, socket, next });
      doors.open({ gateway, auth: memopad.auth });
    },
  };
};

/** What the outside gives us: the ports and the engine. */
async function openOutside(
  given: FormOptions,
): Promise<{ doors: Doors; opening: Promise<Database> }> {
  const { options, folder, cleanup } = given;
  const { memory, port } = options;
  const wishes = wishPorts({ port, last: folder.settings.ports, forgetful: memory });
  const opening = openCompactedEngine(given).then(openTables);
  cleanup.add(async () => (await opening).stop());
  // It may fail while we still wait for the ports; whoever awaits it is told then.
  opening.catch(() => {});
  const doors = await takeDoors({ wishes, settingsFile: folder.settingsFile });
  cleanup.add(doors.close);
  return { doors, opening };
}

function describeOutside(
  doors: Doors,
  database: Database,
): Pick<Form, 'gatewayUrl' | 'issuer' | 'socketUrl' | 'dynamodb' | 'ports' | 'failed'> {
  return {
    gatewayUrl: doors.gateway.url,
    issuer: doors.auth.url,
    dynamodb: database.endpoint,
    socketUrl: socketUrlOf(doors),
    ports: portsOf(doors),
    failed: database.ended.then((words) => `The DynamoDB engine has ended. ${words}`),
  };
}

const socketUrlOf = ({ socket }: Doors): string => `ws://127.0.0.1:${socket.port}/live`;

async function sweepTables({ dynamoDb }: Database): Promise<number> {
  let deleted = 0;
  for (const table of LOCAL_TABLES) deleted += await sweepExpired({ dynamoDb, ...table });
  return deleted;
}
