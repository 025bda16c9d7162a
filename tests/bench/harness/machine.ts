import { cpus, totalmem } from 'node:os';
import { canPin } from './processes.ts';

/** The machine in a few words: cores, processor, memory, Node, and whether processes were kept on cores. */
export function describeMachine(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const pinned = canPin ? 'pinned by taskset' : 'not pinned: no taskset here';
  return `${processors.length} cores of ${processors[0]?.model.trim()}, ${gigabytes} GB, ${process.platform}, Node ${process.versions.node}, ${pinned}`;
}
