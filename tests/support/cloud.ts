import type { KeyObject } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { type RunningCloud, startCloud } from '#local/cloud/cloud.ts';
import type { Faults } from '#local/cloud/dynamodb/faults.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import { startEngine } from '#local/engine.ts';
import { createPrivateRsaKey } from '#local/folder/privateKeyFile.ts';
import { doorOf, tableNames } from '#local/places.ts';
import { freePort } from '#local/ports.ts';

export interface TestCloudOptions {
  readonly stacks: readonly Stack[];
  readonly ports?: { readonly gateway: number; readonly auth: number } | undefined;
  readonly privateKey?: KeyObject | undefined;
  readonly faults?: Faults | undefined;
  readonly clock?: Clock | undefined;
}

/** The templates running on an engine in memory. */
export interface TestCloud extends RunningCloud {
  readonly gatewayUrl: string;
  readonly issuer: string;
  /** The engine's own API. */
  readonly engine: string;
  /** What functions and HTTP APIs have written so far whose names contain the text. */
  linesOf(name: string): string[];
}

export async function startTestCloud(options: TestCloudOptions): Promise<TestCloud> {
  const { stacks, privateKey = await createPrivateRsaKey(), faults, clock } = options;
  const { ports = { gateway: await freePort(), auth: await freePort() } } = options;
  const engine = await startEngine();
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
      clock,
    });
    return {
      ...cloud,
      gatewayUrl: `http://127.0.0.1:${ports.gateway}`,
      issuer: `http://127.0.0.1:${ports.auth}`,
      engine: engine.endpoint,
      linesOf: (part) => lines.flatMap(({ name, line }) => (name.includes(part) ? [line] : [])),
      async stop() {
        await cloud.stop();
        await engine.stop();
      },
    };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}
