import { Bag, type Data, isData, readOwn } from './data.ts';
import { mergeInto } from './merge.ts';
import type { Requirement } from './plan.ts';
import type { Types } from './types.ts';

/** What a subgraph is told of an object so that it knows which one is meant. */
export interface Representations {
  /** Null when not enough is known of the object. */
  represent(data: Data): Data | null;
  /**
   * Equal for two objects of one type only if their representations are, and found without making
   * them; undefined where it isn't that easy.
   */
  quickKey(data: Data, typename: string): string | undefined;
}

/** Compiles what a fetch requires of the objects that it asks about. */
export function compileRepresentations(
  requires: readonly Requirement[],
  types: Types,
): Representations {
  const select = compileSelections(requires, types);
  const namesByType = new Map<string, readonly string[]>();
  return {
    represent: (data) => {
      const representation = select(data);
      return representation?.__typename ? representation : null;
    },
    quickKey: (data, typename) => {
      let names = namesByType.get(typename);
      if (!names) {
        names = findLeafNames(requires, typename, types);
        namesByType.set(typename, names);
      }
      return joinTexts(data, names);
    },
  };
}

/** What is required of an object besides its type, none when that isn't one list of fields without fields of their own. */
function findLeafNames(
  requires: readonly Requirement[],
  typename: string,
  types: Types,
): readonly string[] {
  const fitting = requires.filter(
    (one) => one.kind === 'Field' || types.isSubtype(typename, one.typeCondition ?? typename),
  );
  const [only, ...others] = fitting;
  if (only?.kind !== 'InlineFragment' || others.length > 0) return [];
  const names = only.selections.map((one) =>
    one.kind === 'Field' && !one.selections ? (one.alias ?? one.name) : '',
  );
  return names.includes('') ? [] : names.filter((name) => name !== '__typename');
}

function joinTexts(data: Data, names: readonly string[]): string | undefined {
  const [first, second] = names;
  if (first === undefined) return undefined;
  const text = readOwn(data, first);
  if (typeof text !== 'string') return undefined;
  if (second === undefined) return text;
  // With its length before it no text can look like the end of itself and the next one.
  let key = '';
  for (const name of names) {
    const value = readOwn(data, name);
    if (typeof value !== 'string') return undefined;
    key += `${value.length}:${value}`;
  }
  return key;
}

type Represent = (data: Data) => Data | null;

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
