import type { KeyObject } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { type RunningCloud, startCloud } from '#local/cloud/cloud.ts';
import type { CloudFaults } from '#local/cloud/faults.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import type { Timing } from '#local/cloud/timing.ts';
import type { Limits } from '#local/cloud/webSocketApi/limits.ts';
import { type Engine, startEngine } from '#local/engine.ts';
import { createPrivateRsaKey } from '#local/folder/privateKeyFile.ts';
import { doorOf, tableNames } from '#local/places.ts';
import { freePort } from '#local/ports.ts';

export interface TestCloudOptions {
  readonly stacks: readonly Stack[];
  /** Free ones when left out. */
  readonly ports?:
    | {
        readonly gateway?: number;
        readonly auth?: number;
        readonly socket?: number;
        readonly appsync?: number;
      }
    | undefined;
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
  const ports = { ...(await freePorts()), ...options.ports };
  const { faults, timing, limits, eventsFolder, clock } = options;
  const engine = options.engine ?? (await startEngine());
  const stopEngine = async (): Promise<void> => {
    if (!options.engine) await engine.stop();
  };
  const lines: { readonly name: string; readonly line: string }[] = [];
  try {
    const cloud = await startCloud({
      stacks,
      engine: engine.endpoint,
      names: tableNames(stacks),
      portOf: (api) => ports[doorOf(api)],
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
      gatewayUrl: `http://127.0.0.1:${ports.gateway}`,
      issuer: `http://127.0.0.1:${ports.auth}`,
      socketUrl: `ws://127.0.0.1:${ports.socket}/live`,
      appSyncUrl: `http://127.0.0.1:${ports.appsync}/graphql`,
      appSyncRealtimeUrl: `ws://127.0.0.1:${ports.appsync}/graphql/realtime`,
      appSyncApiKey: outputOf(cloud, 'AppSyncApiKey'),
      engine: engine.endpoint,
      linesOf: (part) => lines.flatMap(({ name, line }) => (name.includes(part) ? [line] : [])),
      async stop() {
        await cloud.stop();
        await stopEngine();
      },
    };
  } catch (error) {
    await stopEngine();
    throw error;
  }
}

function outputOf({ outputs }: RunningCloud, name: string): string {
  return String(Object.values(outputs).find((one) => Object.hasOwn(one, name))?.[name] ?? '');
}

const freePorts = async () => ({
  gateway: await freePort(),
  auth: await freePort(),
  socket: await freePort(),
  appsync: await freePort(),
});
