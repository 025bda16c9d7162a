import { type Data, isData, readOwn, writeOwn } from './data.ts';
import type { Rewrite } from './plan.ts';
import type { Types } from './types.ts';

/** Changes an object, or what is at some path inside of it. */
export type ApplyRewrites = (value: unknown) => void;

const FRAGMENT = '... on ';

/** Compiles what a plan wants renamed or set; undefined when it wants nothing, which is the rule. */
export function compileRewrites(
  rewrites: readonly Rewrite[] | undefined,
  types: Types,
): ApplyRewrites | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const all = rewrites.map((rewrite) => compileRewrite(rewrite, types));
  return (value) => {
    for (const apply of all) apply(value);
  };
}

function compileRewrite(rewrite: Rewrite, types: Types): ApplyRewrites {
  const parents = rewrite.path.slice(0, -1);
  const name = rewrite.path.at(-1);
  if (name === undefined) return () => {};
  const change = (data: Data): void => {
    if (rewrite.kind === 'ValueSetter') writeOwn(data, name, rewrite.setValueTo);
    else rename(data, name, rewrite.renameKeyTo);
  };
  return parents.reduceRight<ApplyRewrites>(
    (apply, step) => enter(step, apply, types),
    onEach(change),
  );
}

function rename(data: Data, from: string, to: string): void {
  const value = readOwn(data, from);
  if (value === undefined || value === null) return;
  writeOwn(data, to, value);
  data[from] = undefined;
}

function onEach(change: (data: Data) => void): ApplyRewrites {
  const apply: ApplyRewrites = (value) => {
    if (Array.isArray(value)) value.forEach(apply);
    else if (isData(value)) change(value);
  };
  return apply;
}

/** A step of a path is a field's name, or `... on Type`, which keeps other types out. */
function enter(step: string, apply: ApplyRewrites, types: Types): ApplyRewrites {
  if (!step.startsWith(FRAGMENT)) return onEach((data) => apply(readOwn(data, step)));
  const condition = step.slice(FRAGMENT.length);
  return onEach((data) => {
    const typename = readOwn(data, '__typename');
    if (typeof typename !== 'string' || types.isSubtype(typename, condition)) apply(data);
  });
}
