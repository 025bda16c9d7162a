import { resolve } from 'node:path';
import { bundleCodeAndMaps } from './bundleCode.js';
import { checkCode } from './checkCode.js';
import { DATA_SOURCES } from './dataSources.js';
import { findSource } from './findSource.js';
import { nameFunctions } from './nameFunctions.js';
import { readWiring } from './wiring.js';

export const RESOLVERS = resolve(import.meta.dirname, '../../resolvers');

/** Of pipelines without a file of their own: nothing before the steps, and after them what the last one gave. */
const PASS_ON = `export function request() {
  return {};
}

export function response(ctx) {
  return ctx.prev.result;
}
`;

/**
 * The resolvers of a folder as AppSync is given them: bundled, checked against APPSYNC_JS and named.
 * Throws with everything that is wrong.
 * @param folder resolvers/ by default
 */
export async function readResolvers(folder = RESOLVERS) {
  const wiring = readWiring(folder);
  return wire(wiring, await bundleCodeAndMaps(folder, filesOf(wiring)));
}

/** The files to bundle. */
export function filesOf({ units, pipelines }) {
  const ofPipelines = pipelines.flatMap(({ file, steps }) => [
    file,
    ...steps.map((step) => step.file),
  ]);
  return [...units.map(({ file }) => file), ...ofPipelines].filter((file) => file !== null);
}

/** Puts the wiring and the code of its files together. */
export function wire({ units, pipelines }, { code, maps }) {
  refuseProblems(code, maps);
  const { functions, idOf } = nameFunctions(pipelines, code, maps);
  const resolvers = [
    ...units.map(({ file, ...unit }) => ({
      ...unit,
      kind: 'UNIT',
      code: code.get(file),
      map: maps.get(file),
      ...batch(unit),
    })),
    ...pipelines.map(({ typeName, fieldName, file, steps }) => ({
      typeName,
      fieldName,
      kind: 'PIPELINE',
      code: file === null ? `// ${typeName}.${fieldName}\n${PASS_ON}` : code.get(file),
      ...(file !== null && { map: maps.get(file) }),
      functions: steps.map(idOf),
    })),
  ];
  return { resolvers, functions };
}

function refuseProblems(code, maps) {
  const told = [...code].flatMap(([file, text]) =>
    checkCode(text).map((problem) => describe(file, text, maps.get(file), problem)),
  );
  if (told.length > 0) throw new Error(`APPSYNC_JS does not know:\n${told.join('\n')}`);
}

/** By its source; what only the bundle has, as its length, by the file that is bundled. */
function describe(file, text, map, { line, column, what, why }) {
  const shown = text.split('\n')[line - 1]?.trim().slice(0, 100);
  const source = findSource(map, { line, column });
  const place = source ? `${source}, in the bundle of ${file}` : `resolvers/${file}`;
  return `${place}: ${what} (${why}): ${shown}`;
}

function batch({ dataSource }) {
  const { maxBatchSize } = DATA_SOURCES[dataSource];
  return maxBatchSize === undefined ? {} : { maxBatchSize };
}
