import { readFileSync } from 'node:fs';
import { Kind, parse, print, visit } from 'graphql';
import { printApi } from './compose.js';

const OWN_TEXT = 'schema/appsync.graphql';
/** Who asks with an access token, as nearly everybody does; what carries no directive means it alone. */
const DEFAULT_MODE = 'aws_oidc';
const OTHER_MODES = ['aws_api_key', 'aws_iam'];

/**
 * The plain API as AppSync takes it, with what schema/appsync.graphql adds: without descriptions, which
 * AppSync drops, and without its own scalars, which it knows. Types that a field for others than people
 * with an access token leads to are for those others too.
 */
export function printAppSyncSchema(api = printApi(), own = readFileSync(OWN_TEXT, 'utf8')) {
  const definitions = add(parse(own).definitions, withoutScalars(parse(api)).definitions);
  const marked = markTypes(definitions);
  const document = { kind: Kind.DOCUMENT, definitions: [schemaOf(marked), ...marked] };
  return `${print(withoutDescriptions(document))}\n`;
}

function withoutScalars(document) {
  return visit(document, {
    ScalarTypeDefinition: ({ name }) => {
      if (!name.value.startsWith('AWS')) {
        throw new Error(`Expected scalars that AppSync knows, got ${name.value}.`);
      }
      return null;
    },
  });
}

function withoutDescriptions(document) {
  return visit(document, { enter: ({ description, ...node }) => (description ? node : undefined) });
}

/** The definitions of `to`, with what those of `from` add to them. */
function add(from, to) {
  const added = new Map(from.map((definition) => [definition.name.value, definition]));
  const merged = to.map((definition) => {
    const more = added.get(definition.name.value);
    added.delete(definition.name.value);
    return more ? { ...definition, fields: addFields(more, definition) } : definition;
  });
  return [...merged, ...added.values()];
}

function addFields({ name, fields }, to) {
  const added = new Map(fields.map((field) => [field.name.value, field]));
  const merged = to.fields.map((field) => {
    const more = added.get(field.name.value);
    added.delete(field.name.value);
    return more ? { ...field, directives: directivesOf(more, field, name.value) } : field;
  });
  return [...merged, ...added.values()];
}

function directivesOf(more, field, typeName) {
  const [wanted, got] = [field, more].map(({ type }) => print(type));
  if (got !== wanted || more.arguments.length > 0) {
    const where = `${typeName}.${field.name.value}`;
    throw new Error(`Expected ${where}: ${wanted} in ${OWN_TEXT}, without arguments, got ${got}.`);
  }
  return [...field.directives, ...more.directives];
}

/** Gives every type the modes of the fields that lead to it. */
function markTypes(definitions) {
  const types = new Map(
    definitions
      .filter(({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );
  const modes = new Map(OTHER_MODES.map((mode) => [mode, reachable(mode, types)]));
  return definitions.map((definition) => {
    const own = OTHER_MODES.filter((mode) => modes.get(mode).has(definition.name.value));
    if (own.length === 0) return definition;
    return { ...definition, directives: [...own, DEFAULT_MODE].map(directive) };
  });
}

/** The names of the object types that fields with the mode's directive lead to. */
function reachable(mode, types) {
  const found = new Set();
  const fields = [...types.values()].flatMap((type) => type.fields);
  const waiting = fields
    .filter(({ directives }) => directives.some(({ name }) => name.value === mode))
    .map(namedType);
  for (const name of waiting) {
    if (found.has(name) || !types.has(name)) continue;
    found.add(name);
    waiting.push(...types.get(name).fields.map(namedType));
  }
  return found;
}

function namedType({ type }) {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type);
}

const directive = (name) => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: [],
});

/** AppSync's own examples name the roots, also where they are called as usual. */
function schemaOf(definitions) {
  const has = (name) => definitions.some((definition) => definition.name.value === name);
  const roots = ['Query', 'Mutation', 'Subscription'].filter(has);
  const text = roots.map((name) => `${name.toLowerCase()}: ${name}`).join(' ');
  return parse(`schema { ${text} }`).definitions[0];
}
