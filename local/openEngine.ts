import { type Engine, type EngineOptions, startEngine } from './engine.ts';
import { isFree } from './ports.ts';
import type { PortWish } from './wishedPorts.ts';

const LET_GO_WITHIN_MS = 2_000;
const POLL_MS = 20;

export interface OpenEngineOptions extends Omit<EngineOptions, 'port'> {
  readonly port: PortWish;
}

/** Starts the engine on the port wished for, if that can be had, or uses the endpoint given. */
export async function openEngine({ port, file, endpoint }: OpenEngineOptions): Promise<Engine> {
  if (endpoint) return startEngine({ endpoint });
  return startEngine({ file, port: await settle(port) });
}

/** For the next start. */
export const portOf = ({ endpoint }: Engine): number => Number(new URL(endpoint).port);

/** After a kill -9 the last start's engine needs a moment to let go of its port and its file. */
async function settle({ port }: PortWish): Promise<number | undefined> {
  if (port === 0) return undefined;
  const deadline = Date.now() + LET_GO_WITHIN_MS;
  while (Date.now() < deadline) {
    if (await isFree(port)) return port;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return undefined;
}
