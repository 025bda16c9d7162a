import { type Engine, type EngineOptions, startEngine } from './engine.ts';
import { isFree } from './ports.ts';

const LET_GO_WITHIN_MS = 2_000;
const POLL_MS = 20;

export interface OpenEngineOptions extends EngineOptions {
  /** Where the last start's engine was, when that start didn't say goodbye. */
  readonly last?: string | undefined;
}

/** Starts the engine once the last one has let go of the file, or uses the endpoint given. */
export async function openEngine({ last, file, endpoint }: OpenEngineOptions): Promise<Engine> {
  if (file && last && !endpoint) await waitUntilGone(last);
  return startEngine({ file, endpoint });
}

/** After a kill -9 the last start's engine needs a moment to let go of its file. */
async function waitUntilGone(last: string): Promise<void> {
  if (!URL.canParse(last)) return;
  const { hostname, port } = new URL(last);
  const deadline = Date.now() + LET_GO_WITHIN_MS;
  while (Date.now() < deadline && !(await isFree(Number(port), hostname))) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
