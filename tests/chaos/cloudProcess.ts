import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFaults, type FaultMix } from '#local/cloud/faults.ts';
import { openPrivateKey } from '#local/folder/privateKeyFile.ts';
import { openEngine } from '#local/openEngine.ts';
import { startTestCloud } from '#tests/support/cloud.ts';
import { readStacks } from '#tests/support/stacks.ts';
import { type HandOff, withSlowHandOff } from './slowHandOff.ts';

/** What a cloud is started with, in the variable CHAOS_CLOUD as JSON. */
export interface CloudSettings {
  /** Everything that outlives a kill -9. */
  readonly folder: string;
  readonly seed: number;
  readonly mix?: Partial<FaultMix> | undefined;
  /** Slows the hand-off down, with what keeps it from losing changes or without. */
  readonly handOff?: HandOff | undefined;
}

/** What the process says. */
export type CloudWord =
  | { readonly kind: 'ready'; readonly places: CloudPlaces }
  | { readonly kind: 'faults'; readonly counts: Readonly<Record<string, number>> };

export interface CloudPlaces {
  readonly graphql: string;
  readonly socket: string;
  readonly appSync: string;
  /** The engine's own API. */
  readonly engine: string;
}

/** From now on without faults, or with them again. */
export type CloudOrder = { readonly calm: boolean };

const settings = JSON.parse(process.env.CHAOS_CLOUD ?? '{}') as CloudSettings;
process.on('disconnect', () => process.exit());
await run(settings);

/** The whole local cloud with its engine, to be killed at any time. */
async function run({ folder, seed, mix, handOff }: CloudSettings): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const last = readLast(folder);
  const faults = createFaults({ seed, mix });
  // Signing up and the like come before the faults.
  faults.pause();
  const engine = await openEngine({ file: join(folder, 'memopad.db'), last: last?.engine });
  const stacks = await readStacks();
  const cloud = await startTestCloud({
    stacks: handOff ? await withSlowHandOff(stacks, folder, handOff) : stacks,
    engine,
    faults,
    privateKey: await openPrivateKey(join(folder, 'key.pem')),
    eventsFolder: join(folder, 'events'),
    ports: last?.ports,
  });
  const { gatewayUrl, issuer, socketUrl, appSyncUrl } = cloud;
  const ports = {
    ...{ gateway: portOf(gatewayUrl), auth: portOf(issuer) },
    ...{ socket: portOf(socketUrl), appsync: portOf(appSyncUrl) },
  };
  const kept: Last = { engine: engine.endpoint, ports };
  writeFileSync(join(folder, 'last.json'), JSON.stringify(kept));
  const places: CloudPlaces = {
    graphql: `${gatewayUrl}/graphql`,
    socket: socketUrl,
    appSync: appSyncUrl,
    engine: engine.endpoint,
  };
  process.on('message', ({ calm }: CloudOrder) => {
    faults.pause(calm);
    say({ kind: 'faults', counts: faults.counts });
  });
  say({ kind: 'ready', places });
}

interface Last {
  readonly engine: string;
  readonly ports: Readonly<Record<'gateway' | 'auth' | 'socket' | 'appsync', number>>;
}

function readLast(folder: string): Last | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'last.json'), 'utf8')) as Last;
  } catch {
    return undefined;
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

function say(word: CloudWord): void {
  process.send?.(word);
}
