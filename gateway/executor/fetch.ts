import type { SubgraphError, SubgraphResponse } from '#domain/viewer/subgraphRequest.ts';
import { Bag, type Data, isData, readOwn } from './data.ts';
import { mergeInto } from './merge.ts';
import type { FetchNode } from './plan.ts';
import { type ApplyRewrites, compileRewrites } from './rewrites.ts';
import type { AskSubgraph, Run, Step, SubgraphQuestion } from './run.ts';
import { subgraphError } from './subgraphErrors.ts';
import { commonPath, findTargets, type TargetPath } from './targets.ts';
import type { Types } from './types.ts';

/** A call of a subgraph, as far as all calls are alike. */
export interface Fetch {
  readonly subgraph: string;
  readonly path: TargetPath;
  /** What it is asked with the variables of a run, and more that only the step knows. */
  ask(run: Run, representations?: readonly Data[]): Promise<SubgraphResponse>;
  readonly rewriteOutput: ApplyRewrites | undefined;
}

export interface FetchOptions {
  readonly ask: AskSubgraph;
  readonly types: Types;
}

/** Compiles what both kinds of calls have in common. */
export function compileFetch(
  {
    serviceName: subgraph,
    operation: query,
    operationName,
    variableUsages,
    outputRewrites,
  }: FetchNode,
  path: TargetPath,
  { ask, types }: FetchOptions,
): Fetch {
  const names = variableUsages ?? [];
  return {
    subgraph,
    path,
    ask: ({ variables: given, context }, representations) => {
      const variables = new Bag();
      for (const name of names) {
        const value = readOwn(given, name);
        if (value !== undefined) variables[name] = value;
      }
      if (representations) variables.representations = representations;
      return ask({ query, variables, operationName } satisfies SubgraphQuestion, context);
    },
    rewriteOutput: compileRewrites(outputRewrites, types),
  };
}

/** Compiles a call that asks for root fields, and puts what comes where the plan says: nearly always at the root. */
export function compileRootFetch({ subgraph, path, ask, rewriteOutput }: Fetch): Step {
  return async (run) => {
    const targets = path.length === 0 ? [run.data] : findTargets(run.data, path);
    if (targets.length === 0) return;
    const { data, errors } = await ask(run);
    if (errors) reportErrors(errors, { subgraph, path }, run);
    if (!isData(data)) return;
    rewriteOutput?.(data);
    for (const target of targets) mergeInto(target, data);
  };
}

/** Below a list it can't be told which of its items an error is about. */
function reportErrors(
  errors: readonly SubgraphError[],
  { subgraph, path }: Pick<Fetch, 'subgraph' | 'path'>,
  run: Run,
): void {
  for (const error of errors) {
    const rest = path.includes('@') ? [] : error.path;
    run.errors.push(subgraphError(error, subgraph, rest && [...commonPath(path), ...rest]));
  }
}
