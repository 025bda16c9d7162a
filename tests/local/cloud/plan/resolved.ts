import { resolveStacks } from '#local/cloud/template/resolve.ts';
import type { Resource, Stack } from '#local/cloud/template/template.ts';
import { makeStack } from '#tests/local/cloud/template/stacks.ts';

/** The resources of one stack with values instead of functions. */
export function resolveResources(resources: Stack['template']['Resources']): readonly Resource[] {
  const [stack] = resolveStacks([makeStack({ resources })], { urlOf: ({ id }) => `http://${id}` });
  return stack?.resources ?? [];
}
