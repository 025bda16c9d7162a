import { Bag, type Data, isData, readOwn } from './data.ts';
import { mergeInto } from './merge.ts';
import type { Requirement } from './plan.ts';
import type { Types } from './types.ts';

/** What a subgraph is told of an object so that it knows which one is meant; null when not enough is known of it. */
export type Represent = (data: Data) => Data | null;

/** Compiles what a fetch requires of the objects that it asks about. */
export function compileRepresentation(requires: readonly Requirement[], types: Types): Represent {
  const select = compileSelections(requires, types);
  return (data) => {
    const representation = select(data);
    return representation?.__typename ? representation : null;
  };
}

/** Adds what it selects of an object; false when something is missing. */
type Fill = (result: Data, data: Data) => boolean;

function compileSelections(selections: readonly Requirement[], types: Types): Represent {
  const fills = selections.map((selection) => compileSelection(selection, types));
  return (data) => {
    const result = new Bag();
    for (const fill of fills) if (!fill(result, data)) return null;
    return result;
  };
}

function compileSelection(selection: Requirement, types: Types): Fill {
  if (selection.kind === 'Field') {
    const name = selection.alias ?? selection.name;
    const below = selection.selections && compileSelections(selection.selections, types);
    return (result, data) => {
      const value = readOwn(data, name);
      if (value === undefined) return false;
      result[name] = below ? selectBelow(value, below) : value;
      return true;
    };
  }
  const { typeCondition, selections } = selection;
  const inner = compileSelections(selections, types);
  return (result, data) => {
    const { __typename: typename } = data;
    if (typeCondition === undefined || typeof typename !== 'string') return true;
    const found = types.isSubtype(typename, typeCondition) ? inner(data) : null;
    // An object may be known enough for one key of its type and not for another.
    if (found) mergeInto(result, found);
    return true;
  };
}

function selectBelow(value: unknown, select: Represent): unknown {
  if (Array.isArray(value)) return value.map((item) => selectBelow(item, select));
  return isData(value) ? select(value) : value;
}

/** Equal for two representations only if they are equal. */
export function keyOfRepresentation(representation: Data): string {
  let key = '';
  for (const name of Object.keys(representation)) {
    const value = representation[name];
    if (typeof value !== 'string') return JSON.stringify(representation);
    // With its length before it no text can look like the end of itself and the next name.
    key += `${name}:${value.length}:${value}`;
  }
  return key;
}
