import { DATA_SOURCES } from './dataSources.js';

/** What the stack reads the wiring from, beside the code. */
export const WIRING_FILE = 'wiring.json';

/**
 * The files that resolvers are deployed from, by name: one with code for each resolver and function, and the
 * wiring, which names them.
 */
export function describeFiles({ resolvers, functions }) {
  const files = new Map();
  const put = (file, code) => {
    files.set(file, code);
    return file;
  };
  const wiring = {
    dataSources: DATA_SOURCES,
    resolvers: resolvers.map(({ code, ...resolver }) => ({
      ...resolver,
      file: put(`${resolver.typeName}.${resolver.fieldName}.js`, code),
    })),
    functions: Object.entries(functions).map(([id, { code, ...rest }]) => ({
      ...rest,
      file: put(`function.${id}.js`, code),
    })),
  };
  return files.set(WIRING_FILE, `${JSON.stringify(wiring, null, 2)}\n`);
}
