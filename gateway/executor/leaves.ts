import { type GraphQLLeafType, isEnumType } from 'graphql';

/** Whether a subgraph's value can be one of the type, as far as the supergraph knows the type. */
export type IsValid = (value: unknown) => boolean;

const anything: IsValid = (value) => value !== null && value !== undefined;
const isNumber: IsValid = (value) => typeof value === 'number';
const isText: IsValid = (value) => typeof value === 'string';

const SCALARS: ReadonlyMap<string, IsValid> = new Map([
  ['Boolean', (value) => typeof value === 'boolean'],
  ['Float', isNumber],
  ['ID', (value) => typeof value === 'string' || Number.isInteger(value)],
  ['Int', Number.isInteger],
  ['String', isText],
]);

/** A value of an enum must be one that callers know; a scalar of ours can be anything. */
export function leafCheck(type: GraphQLLeafType): IsValid {
  if (!isEnumType(type)) return SCALARS.get(type.name) ?? anything;
  const names = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value) => names.has(value);
}
