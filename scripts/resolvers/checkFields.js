import { parse } from 'graphql';

/** @throws when a resolver's type or field isn't in the schema that AppSync is given: its file's name lies. */
export function checkFields(resolvers, schema) {
  const fields = fieldsOf(schema);
  const unknown = resolvers
    .map(({ typeName, fieldName }) => `${typeName}.${fieldName}`)
    .filter((field) => !fields.has(field));
  if (unknown.length === 0) return;
  throw new Error(`Expected resolvers of fields that the schema has, got ${unknown.join(', ')}.`);
}

function fieldsOf(schema) {
  return new Set(
    parse(schema).definitions.flatMap(({ name, fields = [] }) =>
      fields.map((field) => `${name.value}.${field.name.value}`),
    ),
  );
}
