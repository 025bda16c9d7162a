import { fileURLToPath } from 'node:url';
import { synthesizeOnce } from '#local/cloud/template/synthesize.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import { ensureLambdas } from '#scripts/build-lambdas.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The templates that `npm start` runs, with their bundles. Takes some seconds after an edit. */
export async function readStacks(): Promise<Stack[]> {
  await ensureLambdas();
  return synthesizeOnce({ root: ROOT });
}
