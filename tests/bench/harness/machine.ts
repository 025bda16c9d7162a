import { cpus, totalmem } from 'node:os';
import { canPin } from './processes.ts';

/** The machine in a few words: cores, processor, memory, system and Node. */
export function describeMachine(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const pinned = canPin ? '' : ', nothing kept on its core: there is no taskset';
  return `${processors.length} cores of ${processors[0]?.model.trim()}, ${gigabytes} GB, ${process.platform}, Node ${process.versions.node}${pinned}`;
}
