import { get } from 'node:http';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { askOverHttp } from './askOverHttp.ts';
import { type RunningCloud, startCloud } from './cloud/cloud.ts';
import { createFaults } from './cloud/faults.ts';
import { openFunctionLogs } from './cloud/lambda/logs.ts';
import type { ResourceName } from './cloud/template/template.ts';
import { AWS_TIMING } from './cloud/timing.ts';
import { type HeldDoors, holdDoors, portsOf } from './doors.ts';
import type { Engine } from './engine.ts';
import { createPrivateRsaKey, openPrivateKey } from './folder/privateKeyFile.ts';
import type { FormOptions, OpenForm } from './form.ts';
import { openCompactedEngine } from './openCompactedEngine.ts';
import type { StartOptions } from './options.ts';
import { checkIsSigningKey, doorOf, tableNames } from './places.ts';
import { type AppSyncPlace, type PlaygroundOptions, servePlayground } from './playground.ts';
import { TABLE_NAMES } from './tableNames.ts';
import { wishPorts } from './wishedPorts.ts';

/** Memopad as its templates say: every function, table, key and HTTP API of the stacks. */
export const openTemplates: OpenForm = async (given) => {
  const { options, surroundings, folder, log, cleanup } = given;
  const { doors, opening } = await openOutside(given);
  const [stacks, engine] = await Promise.all([surroundings.readStacks(), opening]);
  const logs = openFunctionLogs({
    folder: folder.logs,
    ...(options.verbose && { print: console.log }),
  });
  cleanup.add(logs.close);
  const playground = createLatePlayground(surroundings.playgroundFolder);
  const cloud = await startCloud({
    stacks,
    engine: engine.endpoint,
    names: tableNames(stacks),
    portOf: (api) => doors[doorOf(api)].port,
    heldPortOf: (api) => doors[doorOf(api)],
    privateKeyOf: (key) => openKey(key, given),
    extraOf: (api) => (doorOf(api) === 'gateway' ? playground.handler : undefined),
    ...describeTrouble(options),
    eventsFolder: options.memory ? undefined : folder.events,
    log,
    onLog: logs.onLog,
  });
  cleanup.add(cloud.stop);
  const gateway = askOverHttp(doors.gateway.url);
  const socketUrl = String(outputOf(cloud.outputs, 'SocketUrl'));
  const appSync = describeAppSync(cloud.outputs);
  if (!appSync) await doors.appsync.close();
  cleanup.add(gateway.close);
  const urls = [doors.gateway.url, doors.auth.url];
  await startFunctions(urls, given);
  return {
    gatewayUrl: doors.gateway.url,
    issuer: doors.auth.url,
    socketUrl,
    appSync,
    dynamodb: engine.endpoint,
    ports: portsOf(doors),
    gateway: gateway.handler,
    open(demo) {
      playground.open({ demo, socket: socketUrl, appsync: appSync });
      // Nobody waits for the functions that are asked later: those that changes are watched with.
      tellBroken(cloud.warm(), given).catch(() => {});
    },
    failed: engine.ended.then((words) => `The DynamoDB engine has ended. ${words}`),
    async replaceCode(bundles) {
      if (bundles?.some(isResolvers) ?? true) cloud.replaceResolvers();
      await tellBroken(cloud.replaceCode(bundles), given);
    },
  };
};

/** A function's code is a folder, a resolver's is a file. */
const isResolvers = (bundle: string): boolean => bundle.endsWith('.js');

/** The functions that live changes are made with may die; the others would only make people try again. */
function describeTrouble({ faults: seed, awsTiming }: StartOptions) {
  return {
    ...(seed !== undefined && {
      faults: createFaults({
        seed,
        crashes: (name) => name.includes('-live-'),
        conflicts: (tableName) => tableName === TABLE_NAMES.live,
      }),
    }),
    ...(awsTiming && { timing: AWS_TIMING }),
  };
}

/** Undefined where the stacks have no AppSync door. */
function describeAppSync(outputs: RunningCloud['outputs']): AppSyncPlace | undefined {
  const [url, realtime, apiKey] = ['AppSyncUrl', 'AppSyncRealtimeUrl', 'AppSyncApiKey'].map(
    (name) => outputOf(outputs, name),
  );
  if (url === undefined) return undefined;
  return { url: String(url), realtime: String(realtime), apiKey: String(apiKey) };
}

/** What one of the stacks tells. */
function outputOf(outputs: RunningCloud['outputs'], name: string): unknown {
  return Object.values(outputs).find((one) => Object.hasOwn(one, name))?.[name];
}

/** What the outside gives us: the ports, held until the HTTP APIs listen, and the engine. */
async function openOutside(given: FormOptions): Promise<{
  doors: HeldDoors;
  opening: Promise<Engine>;
}> {
  const { options, folder, cleanup } = given;
  const { memory, port } = options;
  const wishes = wishPorts({ port, last: folder.settings.ports, forgetful: memory });
  const opening = openCompactedEngine(given);
  cleanup.add(async () => (await opening).stop());
  // It may fail while we still wait for the ports; whoever awaits it is told then.
  opening.catch(() => {});
  const doors = await holdDoors({ wishes, settingsFile: folder.settingsFile });
  cleanup.add(doors.close);
  return { doors, opening };
}

/** KMS's key is the very one that signs in one process, so that tokens are good whichever is started next. */
async function openKey(key: ResourceName, { options, folder }: FormOptions) {
  checkIsSigningKey(key);
  return options.memory ? createPrivateRsaKey() : openPrivateKey(folder.signingKey);
}

/**
 * Has the functions behind the HTTP APIs start their first environments: a person's first request needn't
 * wait for that, and code that can't start is told now.
 */
async function startFunctions(
  urls: readonly string[],
  { surroundings: { say }, folder }: FormOptions,
): Promise<void> {
  const statuses = await Promise.all(urls.map((url) => getStatus(`${url}/health`)));
  for (const [index, status] of statuses.entries()) {
    if (status === 200) continue;
    say(`${urls[index]}/health answers ${status}: the functions' logs in ${folder.logs} say why.`);
  }
}

/** @param starting resolves with the functions whose code can't start */
async function tellBroken(
  starting: Promise<readonly string[]>,
  { surroundings: { say }, folder }: FormOptions,
): Promise<void> {
  for (const name of await starting)
    say(`${name} can't start: its log in ${folder.logs} says why.`);
}

function getStatus(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
}

type Offered = Pick<PlaygroundOptions, 'demo' | 'socket' | 'appsync'>;

/** The playground beside the gateway's API. Whether there is a demo account is known when the API runs. */
function createLatePlayground(folder: string) {
  const serve = (offered: Offered = {}): HttpHandler =>
    servePlayground({ folder, ...offered, next: sayNotFound });
  let current = serve();
  const handler: HttpHandler = (request) => current(request);
  const open = (offered: Offered): void => {
    current = serve(offered);
  };
  return { handler, open };
}

/** As an HTTP API does where it has no route. */
const sayNotFound: HttpHandler = async () => ({
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"Not Found"}',
});
