import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CloudOrder, CloudPlaces, CloudSettings, CloudWord } from './cloudProcess.ts';

const PROGRAM = new URL('./cloudProcess.ts', import.meta.url).pathname;

/** A local cloud in a process of its own. */
export interface ChaosCloud {
  places(): CloudPlaces;
  /** Ends or begins the faults, and says how many of each there were so far. */
  calm(calm: boolean): Promise<Readonly<Record<string, number>>>;
  /** kill -9, and a new start on the same data at the same ports. */
  restart(): Promise<void>;
  pid(): number;
  stop(): Promise<void>;
}

export async function startChaosCloud(settings: CloudSettings): Promise<ChaosCloud> {
  let child = start(settings);
  let places = await ready(child);
  const before: Record<string, number> = {};
  const order = async (calm: boolean) => {
    const told = word(child, 'faults');
    child.send({ calm } satisfies CloudOrder);
    return (await told).counts;
  };
  return {
    places: () => places,
    pid: () => child.pid ?? 0,
    async calm(calm) {
      const counts = Object.entries(await order(calm));
      return Object.fromEntries(counts.map(([name, count]) => [name, count + (before[name] ?? 0)]));
    },
    async restart() {
      const counts = await order(false);
      for (const [name, count] of Object.entries(counts))
        before[name] = (before[name] ?? 0) + count;
      await kill(child);
      child = start(settings);
      places = await ready(child);
    },
    stop: () => kill(child),
  };
}

function start(settings: CloudSettings): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', PROGRAM], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      // We say ourselves which versions of Node we run on.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      CHAOS_CLOUD: JSON.stringify(settings),
    },
  });
}

async function ready(child: ChildProcess): Promise<CloudPlaces> {
  return (await word(child, 'ready')).places;
}

function word<Kind extends CloudWord['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<CloudWord, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const listen = (said: CloudWord) => {
      if (said.kind !== kind) return;
      child.off('message', listen);
      child.off('exit', end);
      resolve(said as Extract<CloudWord, { kind: Kind }>);
    };
    const end = () => reject(new Error(`The cloud ended before it said "${kind}".`));
    child.on('message', listen).once('exit', end);
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
