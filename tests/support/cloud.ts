import type { KeyObject } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { type RunningCloud, startCloud } from '#local/cloud/cloud.ts';
import type { CloudFaults } from '#local/cloud/faults.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import type { Timing } from '#local/cloud/timing.ts';
import type { Limits } from '#local/cloud/webSocketApi/limits.ts';
import type { DoorName } from '#local/doors.ts';
import { type Engine, startEngine } from '#local/engine.ts';
import { createPrivateRsaKey } from '#local/folder/privateKeyFile.ts';
import { type HeldPort, holdPort } from '#local/heldPort.ts';
import { doorOf, tableNames } from '#local/places.ts';

export interface TestCloudOptions {
  readonly stacks: readonly Stack[];
  /** Free ones when left out. */
  readonly ports?: Readonly<Partial<Record<DoorName, number>>> | undefined;
  /** Ports that are held already; the cloud lets them go. */
  readonly held?: Readonly<Partial<Record<DoorName, HeldPort>>> | undefined;
  readonly privateKey?: KeyObject | undefined;
  readonly faults?: CloudFaults | undefined;
  readonly timing?: Timing | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Keeps places in streams and queues; in memory when left out. */
  readonly eventsFolder?: string | undefined;
  /** An engine that is used and not ended; one in memory when left out. */
  readonly engine?: Engine | undefined;
  readonly clock?: Clock | undefined;
}

/** The templates running on an engine in memory. */
export interface TestCloud extends RunningCloud {
  readonly gatewayUrl: string;
  readonly issuer: string;
  /** Where clients connect for live changes. */
  readonly socketUrl: string;
  /** The AppSync door's GraphQL endpoint, if the stacks have one. */
  readonly appSyncUrl: string;
  readonly appSyncRealtimeUrl: string;
  readonly appSyncApiKey: string;
  /** The engine's own API. */
  readonly engine: string;
  /** What functions and HTTP APIs have written so far whose names contain the text. */
  linesOf(name: string): string[];
}

export async function startTestCloud(options: TestCloudOptions): Promise<TestCloud> {
  const { stacks, privateKey = await createPrivateRsaKey() } = options;
  const held = await holdPorts(options);
  const { faults, timing, limits, eventsFolder, clock } = options;
  const engine = options.engine ?? (await startEngine());
  const end = async (): Promise<void> => {
    await Promise.all(Object.values(held).map((port) => port.close()));
    if (!options.engine) await engine.stop();
  };
  const lines: { readonly name: string; readonly line: string }[] = [];
  try {
    const cloud = await startCloud({
      stacks,
      engine: engine.endpoint,
      names: tableNames(stacks),
      portOf: (api) => held[doorOf(api)].port,
      heldPortOf: (api) => held[doorOf(api)],
      privateKeyOf: async () => privateKey,
      log: (entry) => lines.push({ name: 'laptop', line: JSON.stringify(entry) }),
      onLog: (name, line) => lines.push({ name, line }),
      faults,
      timing,
      limits,
      eventsFolder,
      clock,
    });
    return {
      ...cloud,
      gatewayUrl: held.gateway.url,
      issuer: held.auth.url,
      socketUrl: `ws://127.0.0.1:${held.socket.port}/live`,
      appSyncUrl: `${held.appsync.url}/graphql`,
      appSyncRealtimeUrl: `ws://127.0.0.1:${held.appsync.port}/graphql/realtime`,
      appSyncApiKey: outputOf(cloud, 'AppSyncApiKey'),
      engine: engine.endpoint,
      linesOf: (part) => lines.flatMap(({ name, line }) => (name.includes(part) ? [line] : [])),
      async stop() {
        await cloud.stop();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function outputOf({ outputs }: RunningCloud, name: string): string {
  return String(Object.values(outputs).find((one) => Object.hasOwn(one, name))?.[name] ?? '');
}

/** Nobody else can take a port between its choice and its use. */
async function holdPorts({
  ports = {},
  held = {},
}: TestCloudOptions): Promise<Readonly<Record<DoorName, HeldPort>>> {
  const hold = async (door: DoorName): Promise<HeldPort> =>
    held[door] ?? holdPort({ port: ports[door] ?? 0, host: '127.0.0.1' });
  return {
    gateway: await hold('gateway'),
    auth: await hold('auth'),
    socket: await hold('socket'),
    appsync: await hold('appsync'),
  };
}
