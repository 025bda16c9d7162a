import { type Data, isData, readOwn, writeOwn } from './data.ts';

/** Adds what a subgraph told of an object to what is known of it. Lists of equal length are merged item by item. */
export function mergeInto(target: Data, source: Data): void {
  for (const name of Object.keys(source)) {
    const value = source[name];
    if (value === undefined) continue;
    const known = readOwn(target, name);
    if (known === undefined || known === null || !mergeValues(known, value)) {
      writeOwn(target, name, value);
    }
  }
}

/** False when the new value has to take the old one's place. */
function mergeValues(known: unknown, value: unknown): boolean {
  if (isData(known) && isData(value)) {
    mergeInto(known, value);
    return true;
  }
  if (!Array.isArray(known) || !Array.isArray(value) || known.length !== value.length) return false;
  for (const [index, item] of value.entries()) {
    if (!mergeValues(known[index], item)) known[index] = item;
  }
  return true;
}
