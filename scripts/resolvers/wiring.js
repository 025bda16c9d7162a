import { readdirSync } from 'node:fs';
import { DATA_SOURCES } from './dataSources.js';

const STEPS_MAX = 10;
const SHARED = 'shared';
const FIELD = /^([A-Z]\w*)\.([a-z]\w*)$/;
const UNIT = /^([A-Z]\w*)\.([a-z]\w*)\.(\w+)\.ts$/;
const STEP = /^(\d+)\.([a-z]\w*)\.(\w+)\.ts$/;
const OTHER_FILES = ['README.md', 'tsconfig.json'];

/**
 * Reads from the names of a folder's files what is wired to what; throws with every name that says nothing.
 * - `<Type>.<field>.<dataSource>.ts` a field by one data source;
 * - `<Type>.<field>/<n>.<step>.<dataSource>.ts` a field by steps, in the order of n, and `resolver.ts` for before and after;
 * - `shared/` what these import.
 * @returns {{ units: { typeName, fieldName, dataSource, file }[],
 *   pipelines: { typeName, fieldName, file: string | null, steps: { name, dataSource, file }[] }[] }}
 *   files from the folder
 */
export function readWiring(folder) {
  const units = [];
  const pipelines = [];
  const problems = [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort(byName);
  for (const entry of entries) {
    if (entry.name === SHARED || OTHER_FILES.includes(entry.name)) continue;
    try {
      if (!entry.isDirectory()) units.push(readUnit(entry.name));
      else if (!isEmpty(`${folder}/${entry.name}`))
        pipelines.push(readPipeline(folder, entry.name));
    } catch (error) {
      problems.push(error.message);
    }
  }
  problems.push(...twice([...units, ...pipelines]));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { units, pipelines };
}

/** Git knows no empty folders. */
const isEmpty = (folder) => readdirSync(folder).length === 0;

function readUnit(name) {
  const [, typeName, fieldName, dataSource] = UNIT.exec(name) ?? [];
  if (!typeName) {
    throw new Error(`Expected resolvers/<Type>.<field>.<dataSource>.ts, got resolvers/${name}.`);
  }
  return { typeName, fieldName, dataSource: known(dataSource, name), file: name };
}

function readPipeline(folder, name) {
  const [, typeName, fieldName] = FIELD.exec(name) ?? [];
  if (!typeName) throw new Error(`Expected a folder <Type>.<field>, got resolvers/${name}.`);
  const names = readdirSync(`${folder}/${name}`);
  const steps = names
    .filter((file) => file !== 'resolver.ts')
    .map((file) => readStep(name, file))
    .sort((a, b) => a.place - b.place);
  checkPlaces(name, steps);
  return {
    typeName,
    fieldName,
    file: names.includes('resolver.ts') ? `${name}/resolver.ts` : null,
    steps: steps.map(({ place, ...step }) => step),
  };
}

function readStep(folder, file) {
  const [, place, name, dataSource] = STEP.exec(file) ?? [];
  if (!place) {
    throw new Error(`Expected resolvers/${folder}/<n>.<step>.<dataSource>.ts, got ${file}.`);
  }
  const path = `${folder}/${file}`;
  return { place: Number(place), name, dataSource: known(dataSource, path), file: path };
}

function known(dataSource, file) {
  if (Object.hasOwn(DATA_SOURCES, dataSource)) return dataSource;
  const names = Object.keys(DATA_SOURCES).join(', ');
  throw new Error(
    `Expected resolvers/${file} to name a data source (${names}), got ${dataSource}.`,
  );
}

function checkPlaces(folder, steps) {
  const places = steps.map(({ place }) => place).join(', ');
  if (steps.length === 0 || steps.some(({ place }, index) => place !== index + 1)) {
    throw new Error(
      `Expected the steps of resolvers/${folder} to be numbered from 1, got ${places || 'none'}.`,
    );
  }
  if (steps.length > STEPS_MAX) {
    throw new Error(
      `Expected ${STEPS_MAX} steps in resolvers/${folder} at most, got ${steps.length}.`,
    );
  }
}

function twice(all) {
  const fields = all.map(({ typeName, fieldName }) => `${typeName}.${fieldName}`);
  return fields
    .filter((field, index) => fields.indexOf(field) < index)
    .map((field) => `Expected one resolver of ${field}, got two.`);
}

const byName = (a, b) => (a.name < b.name ? -1 : 1);
