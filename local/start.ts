import { isDeepStrictEqual } from 'node:util';
import { type Cleanup, createCleanup } from './cleanup.ts';
import type { Stack } from './cloud/template/template.ts';
import { offerDemo } from './demo.ts';
import { type DataFolder, openDataFolder } from './folder/dataFolder.ts';
import {
  describeAppSync,
  describeEndpoints,
  type Endpoints,
  writeEndpoints,
} from './folder/endpoints.ts';
import { openLogFile } from './folder/logFile.ts';
import type { Ports } from './folder/settings.ts';
import type { OpenForm } from './form.ts';
import type { StartOptions } from './options.ts';

export interface RunningMemopad {
  readonly endpoints: Endpoints;
  /** Resolves, with why, when it can't go on. */
  readonly failed: Promise<string>;
  /** Runs the new code of the functions' bundles named from now on, and of all when left out. Undefined in one process. */
  replaceCode?(bundles?: readonly string[]): Promise<void>;
  /** Finishes running requests, then closes everything. */
  stop(): Promise<void>;
}

export interface Surroundings {
  /** Tells the person what takes a while. */
  readonly say: (text: string) => void;
  /** The built playground. */
  readonly playgroundFolder: string;
  /** The templates to run, in the order they deploy; not asked for in one process. */
  readonly readStacks: () => Promise<readonly Stack[]>;
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
  const { dataDir, reset, memory, verbose } = options;
  const folder = openDataFolder(dataDir, { reset });
  cleanup.add(folder.close);
  const { log, close } = openLogFile({
    folder: folder.logs,
    ...(verbose && { print: console.log }),
  });
  cleanup.add(close);
  const openForm = await loadForm(options);
  const form = await openForm({ options, surroundings, folder, log, cleanup });
  if (!memory) rememberPorts(folder, form.ports);
  const { gateway, gatewayUrl, issuer, socketUrl, appSync, dynamodb, failed, replaceCode } = form;
  const demo = await offerDemo({ gateway, folder, options, say: surroundings.say });
  form.open(demo);
  const endpoints = describeEndpoints({
    gateway: gatewayUrl,
    issuer,
    socket: socketUrl,
    ...(appSync && describeAppSync(appSync)),
    dynamodb,
    dataDir: folder.path,
    ...(demo && { demo }),
  });
  cleanup.add(writeEndpoints(folder.endpoints, endpoints));
  return {
    endpoints,
    failed,
    ...(replaceCode && { replaceCode }),
    stop: () => cleanup.run(),
  };
}

/** Neither form needs what the other loads. */
async function loadForm({ oneProcess }: StartOptions): Promise<OpenForm> {
  if (oneProcess) return (await import('./oneProcess.ts')).openOneProcess;
  return (await import('./templates.ts')).openTemplates;
}

/** The next start takes the same ports: clients and the issuer in every token name them. */
function rememberPorts(folder: DataFolder, ports: Ports): void {
  // One process doesn't take them all, and the next start may be of the other form.
  const kept = { ...folder.settings.ports, ...ports };
  if (isDeepStrictEqual(kept, folder.settings.ports)) return;
  folder.saveSettings({ ...folder.settings, ports: kept });
}
