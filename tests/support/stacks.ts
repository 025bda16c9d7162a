import { fileURLToPath } from 'node:url';
import { synthesizeOnce } from '#local/cloud/template/synthesize.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import { ensureLambdas } from '#scripts/build-lambdas.js';
import { ensureResolvers } from '#scripts/build-resolvers.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The templates that `npm start` runs, with their bundles. Takes some seconds after an edit. */
export async function readStacks(): Promise<Stack[]> {
  await ensureLambdas();
  await ensureResolvers();
  return synthesizeOnce({ root: ROOT });
}

/** A resource that may be changed. */
export interface ChangeableResource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into whatever CDK has put there.
  Properties: any;
}

export interface ChangeableStack {
  readonly resources: Record<string, ChangeableResource>;
  /** Of the resource that is being changed. */
  readonly id: string;
}

/**
 * Copies of the stacks in which resources are changed, as if the CDK app said so.
 * @param change gets each resource whose logical id begins with the text
 */
export function changeStacks(
  stacks: readonly Stack[],
  idStart: string,
  change: (resource: ChangeableResource, stack: ChangeableStack) => void,
): Stack[] {
  let changed = 0;
  const copies = stacks.map((stack) => {
    const template = JSON.parse(JSON.stringify(stack.template)) as typeof stack.template;
    const resources = template.Resources as unknown as ChangeableStack['resources'];
    for (const [id, resource] of Object.entries(resources)) {
      if (!id.startsWith(idStart)) continue;
      changed += 1;
      change(resource, { resources, id });
    }
    return { ...stack, template };
  });
  if (changed === 0) throw new Error(`Expected resources whose ids begin with ${idStart}.`);
  return copies;
}
