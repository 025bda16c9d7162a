import { DATA_SOURCES } from './dataSources.js';

/** What the stack reads the wiring from, beside the code. */
export const WIRING_FILE = 'wiring.json';

/** The end of a source map's name. */
export const MAP = '.map';

/**
 * The files that resolvers are deployed from, by name: one with code for each resolver and function, its
 * source map beside it, and the wiring, which names them.
 */
export function describeFiles({ resolvers, functions }) {
  const files = new Map();
  const put = (file, code, map) => {
    files.set(file, code);
    if (map !== undefined) files.set(`${file}${MAP}`, map);
    return file;
  };
  const wiring = {
    dataSources: DATA_SOURCES,
    resolvers: resolvers.map(({ code, map, ...resolver }) => ({
      ...resolver,
      file: put(`${resolver.typeName}.${resolver.fieldName}.js`, code, map),
    })),
    functions: Object.entries(functions).map(([id, { code, map, ...rest }]) => ({
      ...rest,
      file: put(`function.${id}.js`, code, map),
    })),
  };
  return files.set(WIRING_FILE, `${JSON.stringify(wiring, null, 2)}\n`);
}
