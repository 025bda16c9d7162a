import { type Environment, startEnvironment } from './environment.ts';
import type { FunctionDefinition } from './functions.ts';
import type { Tail } from './lines.ts';
import { ServiceError } from './serviceError.ts';
import { functionVariables } from './variables.ts';

/** An environment and what it was started from. */
export interface Instance {
  readonly environment: Environment;
  readonly definition: FunctionDefinition;
  /** Where the lines of the running invocation are kept. */
  tail: Tail | undefined;
}

/** All the environments of one function. */
export interface Instances {
  /** @throws ServiceError after the end of all */
  start(definition: FunctionDefinition, tail: Tail): Instance;
  /** One that has worked before and is free. */
  takeIdle(): Instance | undefined;
  giveBack(instance: Instance): void;
  discard(instance: Instance): Promise<void>;
  discardIdle(): Promise<void>;
  discardAll(): Promise<void>;
}

/** Memory is given back when a rush is over, as AWS does after some minutes; the last one stays. */
const RETIRED_AFTER_MS = 5 * 60_000;

/** @param onLog gets every line they write */
export function createInstances(onLog: (functionName: string, line: string) => void): Instances {
  const all = new Set<Instance>();
  const idle: { instance: Instance; retirement: NodeJS.Timeout }[] = [];
  let count = 0;
  let ended = false;
  const discard = async (instance: Instance): Promise<void> => {
    all.delete(instance);
    await instance.environment.dispose();
  };
  const takeIdle = (): Instance | undefined => {
    const newest = idle.pop();
    clearTimeout(newest?.retirement);
    if (!newest || newest.instance.environment.isAlive()) return newest?.instance;
    all.delete(newest.instance);
    return takeIdle();
  };
  const retire = (instance: Instance): void => {
    const index = idle.findIndex((one) => one.instance === instance);
    if (index < 0 || idle.length === 1) return;
    idle.splice(index, 1);
    void discard(instance);
  };
  return {
    discard,
    takeIdle,
    start(definition, tail) {
      if (ended) throw ServiceError.stopped();
      count += 1;
      const { name, folder, handler, memoryMb } = definition;
      const onLine = (line: string): void => {
        instance.tail?.add(line);
        onLog(name, line);
      };
      const variables = functionVariables(definition, `local/[$LATEST]${count}`);
      const environment = startEnvironment({ folder, handler, variables, memoryMb, onLine });
      const instance: Instance = { environment, definition, tail };
      all.add(instance);
      return instance;
    },
    giveBack(instance) {
      instance.tail = undefined;
      const retirement = setTimeout(retire, RETIRED_AFTER_MS, instance).unref();
      idle.push({ instance, retirement });
    },
    async discardIdle() {
      const rest = idle.splice(0);
      for (const { retirement } of rest) clearTimeout(retirement);
      await Promise.all(rest.map(({ instance }) => discard(instance)));
    },
    async discardAll() {
      ended = true;
      for (const { retirement } of idle.splice(0)) clearTimeout(retirement);
      await Promise.all([...all].map(discard));
    },
  };
}
