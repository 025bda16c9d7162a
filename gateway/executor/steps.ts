import { compileFetch, compileRootFetch } from './fetch.ts';
import { compileEntityFetch } from './fetchEntities.ts';
import type { FetchNode, PlanNode } from './plan.ts';
import { compileRepresentations } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import type { AskSubgraph, Step } from './run.ts';
import type { TargetPath } from './targets.ts';
import type { Types } from './types.ts';

export interface StepsOptions {
  /** How each subgraph is asked, by its name in the supergraph. */
  readonly subgraphs: ReadonlyMap<string, AskSubgraph>;
  readonly types: Types;
}

/** Compiles a plan, or a part of one that works at a path. */
export function compileSteps(node: PlanNode, options: StepsOptions, path: TargetPath = []): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileCall(node, options, path);
    case 'Flatten':
      return compileSteps(node.node, options, [...path, ...node.path]);
    case 'Sequence':
      return inSequence(node.nodes.map((step) => compileSteps(step, options, path)));
    case 'Parallel':
      return inParallel(node.nodes.map((step) => compileSteps(step, options, path)));
    case 'Condition': {
      const { condition, ifClause, elseClause } = node;
      const included = ifClause && compileSteps(ifClause, options, path);
      const excluded = elseClause && compileSteps(elseClause, options, path);
      return async (run) => (run.conditions[condition] ? included : excluded)?.(run);
    }
    case 'Defer':
      throw new TypeError('Expected a plan without @defer, which the schema has not.');
  }
}

function compileCall(node: FetchNode, { subgraphs, types }: StepsOptions, path: TargetPath): Step {
  const ask = subgraphs.get(node.serviceName);
  if (!ask) throw new TypeError(`Expected a known subgraph, the plan asks ${node.serviceName}.`);
  const fetch = compileFetch(node, path, { ask, types });
  if (!node.requires) return compileRootFetch(fetch);
  return compileEntityFetch(fetch, {
    ...compileRepresentations(node.requires, types),
    rewriteInput: compileRewrites(node.inputRewrites, types),
  });
}

function inSequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function inParallel(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}
