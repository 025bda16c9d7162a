import { type Data, isData, type Path, readOwn } from './data.ts';
import type { PlanNode } from './plan.ts';

/** Where a plan's step works: names, and `@` for every item of a list. */
export type TargetPath = Extract<PlanNode, { kind: 'Flatten' }>['path'];

/** Called with each object at a path, and with its own path if one was asked for. */
type Visit = (target: Data, path: Path) => void;

/** The objects at a path, in the order of the response; where there is null, or nothing, there is none. */
export function findTargets(data: Data, path: TargetPath): Data[] {
  const targets: Data[] = [];
  collect(data, path, 0, targets);
  return targets;
}

function collect(value: unknown, path: TargetPath, depth: number, targets: Data[]): void {
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (const item of value) collect(item, path, next, targets);
  } else if (isData(value)) {
    const name = path[depth];
    if (name === undefined) targets.push(value);
    else collect(readOwn(value, String(name)), path, depth + 1, targets);
  }
}

/** The path of each of `findTargets`, in the same order; only errors need them. */
export function findTargetPaths(data: Data, path: TargetPath): Path[] {
  const paths: Path[] = [];
  walk(data, path, [], (_, found) => paths.push(found));
  return paths;
}

function walk(value: unknown, path: TargetPath, at: Path, visit: Visit): void {
  const [name, ...rest] = path;
  if (Array.isArray(value)) {
    const next = name === '@' ? rest : path;
    for (const [index, item] of value.entries()) walk(item, next, [...at, index], visit);
  } else if (isData(value)) {
    if (name === undefined) visit(value, at);
    else walk(readOwn(value, String(name)), rest, [...at, String(name)], visit);
  }
}

/** As much of a path as is the same for all its targets. */
export function commonPath(path: TargetPath): Path {
  const end = path.indexOf('@');
  return end < 0 ? path : path.slice(0, end);
}
