import { DATA_SOURCES } from './dataSources.js';

/**
 * The functions that pipelines are made of. Steps with the same code and data source are one function:
 * AppSync asks for a request less, and the stack for a resource less.
 * @returns {{ functions: Record<string, object>, idOf(step): string }}
 */
export function nameFunctions(pipelines, code, maps) {
  const groups = new Map();
  for (const { typeName, fieldName, steps } of pipelines) {
    for (const { name, dataSource, file } of steps) {
      const key = keyOf({ dataSource, file }, code);
      if (!groups.has(key)) {
        groups.set(key, {
          name,
          dataSource,
          code: code.get(file),
          map: maps.get(file),
          field: `${typeName}_${fieldName}`,
        });
      }
    }
  }
  const ids = new Map(
    [...groups].map(([key, group]) => [key, idOfGroup(group, [...groups.values()])]),
  );
  const functions = [...groups].map(([key, { dataSource, code: text, map }]) => [
    ids.get(key),
    { name: ids.get(key), dataSource, code: text, map, ...batch(dataSource) },
  ]);
  return {
    functions: Object.fromEntries(functions),
    idOf: (step) => ids.get(keyOf(step, code)),
  };
}

/** Where bundles differ in nothing but the paths that are noted in them, the code is the same. */
function keyOf({ dataSource, file }, code) {
  const text = code.get(file);
  return `${dataSource}\n${text.replaceAll(/^\/\/ .*$/gm, '')}`;
}

/** The step's name where it says enough, else with the field that has it first. */
function idOfGroup(group, all) {
  const isOnly = all.every((other) => other === group || other.name !== group.name);
  return isOnly ? group.name : `${group.field}_${group.name}`;
}

function batch(dataSource) {
  const { maxBatchSize } = DATA_SOURCES[dataSource];
  return maxBatchSize === undefined ? {} : { maxBatchSize };
}
