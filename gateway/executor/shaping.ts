import { Bag, type Data, isData, type Path, readOwn } from './data.ts';
import type { IsValid } from './leaves.ts';

/** One response while it is being shaped. */
export interface Shaping {
  /** Where we are. */
  readonly path: (string | number)[];
  /** Where required data was missing or a value couldn't be what it must be. */
  readonly missing: Path[];
  /** For questions about the schema. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Stands for a value that a field must not have; the nearest field that may be null becomes null. */
export const INVALID = Symbol('invalid');

/** Makes of what subgraphs told what the caller is told; `key` is the field or the place in a list. */
export type Complete = (value: unknown, shaping: Shaping, key: string | number) => unknown;

/** A field of an object in a response. */
export interface ShapedField {
  readonly name: string;
  /** Whether each object seems to have it, so that it has to be read with care. */
  readonly isInherited: boolean;
  readonly complete: Complete;
}

/** Finds the fields that were selected of an object. */
export type FindFields = (data: Data) => readonly ShapedField[] | undefined;

export function completeLeaf(isValid: IsValid, required: boolean): Complete {
  const completeOther = completeNoLeaf(required);
  return (value, shaping, key) => (isValid(value) ? value : completeOther(value, shaping, key));
}

/** `completeLeaf` for what most fields are. */
export function completeText(required: boolean): Complete {
  const completeOther = completeNoLeaf(required);
  return (value, shaping, key) =>
    typeof value === 'string' ? value : completeOther(value, shaping, key);
}

/** Null, nothing, or what can't be of the type. */
function completeNoLeaf(required: boolean): Complete {
  return (value, shaping, key) => {
    const isNothing = value === null || value === undefined;
    if (required || !isNothing) miss(shaping, key);
    return required ? INVALID : null;
  };
}

export function completeList(completeItem: Complete, required: boolean): Complete {
  return completeNested(required, (values, shaping) =>
    Array.isArray(values) ? completeItems(values, completeItem, shaping) : missHere(shaping),
  );
}

export function completeObject(findFields: FindFields, required: boolean): Complete {
  return completeNested(required, (data, shaping) => {
    const fields = isData(data) ? findFields(data) : undefined;
    return fields ? shapeObject(fields, data as Data, shaping) : missHere(shaping);
  });
}

type CompleteNested = (value: unknown, shaping: Shaping) => unknown;

function completeNested(required: boolean, complete: CompleteNested): Complete {
  return (value, shaping, key) => {
    if (value === null || value === undefined) return required ? miss(shaping, key) : null;
    const { path } = shaping;
    path.push(key);
    const completed = complete(value, shaping);
    path.pop();
    return completed === INVALID && !required ? null : completed;
  };
}

/** INVALID when a field that can't be null would be. */
export function shapeObject(
  fields: readonly ShapedField[],
  data: Data,
  shaping: Shaping,
): Data | typeof INVALID {
  const object = new Bag();
  for (const { name, isInherited, complete } of fields) {
    const value = complete(isInherited ? readOwn(data, name) : data[name], shaping, name);
    if (value === INVALID) return INVALID;
    object[name] = value;
  }
  return object;
}

/**
 * INVALID when an item that can't be null would be; all the others are still looked at. A list whose
 * items are what they must be, as texts are, is taken as it came.
 */
function completeItems(
  values: readonly unknown[],
  completeItem: Complete,
  shaping: Shaping,
): readonly unknown[] | typeof INVALID {
  let items: unknown[] | undefined;
  let isWhole = true;
  for (let index = 0; index < values.length; index += 1) {
    const item = completeItem(values[index], shaping, index);
    if (item === INVALID) isWhole = false;
    if (item !== values[index]) items ??= values.slice(0, index);
    items?.push(item);
  }
  return isWhole ? (items ?? values) : INVALID;
}

function missHere({ path, missing }: Shaping): typeof INVALID {
  missing.push([...path]);
  return INVALID;
}

function miss({ path, missing }: Shaping, key: string | number): typeof INVALID {
  missing.push([...path, key]);
  return INVALID;
}
