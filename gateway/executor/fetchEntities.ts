import type { SubgraphError } from '#domain/viewer/subgraphRequest.ts';
import { type Data, isData, type Path } from './data.ts';
import type { Fetch } from './fetch.ts';
import { mergeInto } from './merge.ts';
import type { Representations } from './representations.ts';
import type { ApplyRewrites } from './rewrites.ts';
import type { Run, Step } from './run.ts';
import { malformedAnswer, subgraphError } from './subgraphErrors.ts';
import { commonPath, findTargetPaths, findTargets } from './targets.ts';

export interface EntityOptions extends Representations {
  readonly rewriteInput: ApplyRewrites | undefined;
}

/** Compiles a call that asks more about objects which another subgraph told of: about each of them once. */
export function compileEntityFetch(fetch: Fetch, options: EntityOptions): Step {
  return async (run) => {
    const targets = findTargets(run.data, fetch.path);
    const entities = represent(targets, options);
    if (entities.representations.length === 0) return;
    const { data, errors } = await fetch.ask(run, entities.representations);
    if (errors) reportErrors(errors, fetch, entities, run);
    if (!isData(data)) return;
    const { _entities: received } = data;
    if (!Array.isArray(received) || received.length !== entities.representations.length) {
      run.errors.push(malformedAnswer(fetch.subgraph, 'as many entities as were asked for'));
      return;
    }
    mergeEntities(received, targets, entities, fetch.rewriteOutput);
  };
}

interface Entities {
  readonly representations: readonly Data[];
  /** For each target which representation is its own; -1 when too little is known of it. */
  readonly places: readonly number[];
}

function represent(targets: readonly Data[], options: EntityOptions): Entities {
  const representations: Data[] = [];
  const known = new Known();
  const places = targets.map((target) => {
    const typename = String(target.__typename);
    const quickKey = options.quickKey(target, typename);
    const place = quickKey === undefined ? undefined : known.find(typename, quickKey);
    if (place !== undefined) return place;
    const representation = options.represent(target);
    if (!representation) return -1;
    options.rewriteInput?.(representation);
    const next = representations.length;
    // No type is called so: these keys are among themselves.
    const found =
      quickKey === undefined
        ? known.add('', JSON.stringify(representation), next)
        : known.add(typename, quickKey, next);
    if (found === next) representations.push(representation);
    return found;
  });
  return { representations, places };
}

/** The places of representations by their types and keys. */
class Known {
  readonly #byType = new Map<string, Map<string, number>>();

  find(typename: string, key: string): number | undefined {
    return this.#byType.get(typename)?.get(key);
  }

  /** The place of an equal one, or the one that is given. */
  add(typename: string, key: string, next: number): number {
    let places = this.#byType.get(typename);
    if (!places) {
      places = new Map();
      this.#byType.set(typename, places);
    }
    const place = places.get(key);
    if (place === undefined) places.set(key, next);
    return place ?? next;
  }
}

function mergeEntities(
  received: readonly unknown[],
  targets: readonly Data[],
  { places }: Entities,
  rewrite: ApplyRewrites | undefined,
): void {
  const rewritten = new Set<unknown>();
  for (const [index, target] of targets.entries()) {
    const entity = received[places[index] ?? -1];
    if (!isData(entity)) continue;
    if (rewrite && !rewritten.has(entity)) {
      entity.__typename ||= target.__typename;
      rewrite(entity);
      rewritten.add(entity);
    }
    mergeInto(target, entity);
  }
}

/** An error of an entity stands wherever the response has that entity. */
function reportErrors(
  errors: readonly SubgraphError[],
  { subgraph, path }: Fetch,
  { places }: Entities,
  run: Run,
): void {
  const paths = findTargetPaths(run.data, path);
  for (const error of errors) {
    for (const at of placesOf(error, paths, places) ?? [error.path && commonPath(path)]) {
      run.errors.push(subgraphError(error, subgraph, at));
    }
  }
}

/** Undefined for an error that isn't about one of the entities. */
function placesOf(
  { path }: SubgraphError,
  paths: readonly Path[],
  places: readonly number[],
): Path[] | undefined {
  const [, place, ...rest] = path ?? [];
  if (typeof place !== 'number' || !places.includes(place)) return undefined;
  return paths.filter((_, index) => places[index] === place).map((at) => [...at, ...rest]);
}
