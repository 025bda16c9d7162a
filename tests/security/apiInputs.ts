import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Variables } from './fields.ts';

/** A place in a field's variables where a client puts a value: an argument, or a field of its input object. */
export interface InputPlace {
  readonly path: readonly string[];
  /** The name of its type, without list and non-null. */
  readonly type: string;
  readonly isList: boolean;
  readonly isNullable: boolean;
}

const API = buildSchema(readFileSync('schema/generated/api.graphql', 'utf8'));

/** `Query.me`, `Mutation.signUp`, …: every field a request can begin with. */
export const API_FIELDS: readonly string[] = [API.getQueryType(), API.getMutationType()].flatMap(
  (type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type}.${field}`),
);

/** `Memo.author`, …: every field of the API that gives a user. */
export const USER_FIELDS: readonly string[] = Object.values(API.getTypeMap()).flatMap((type) =>
  'getFields' in type && !isInputObjectType(type) && !type.name.startsWith('__')
    ? Object.values(type.getFields())
        .filter((field) => getNamedType(field.type).name === 'User')
        .map((field) => `${type}.${field.name}`)
    : [],
);

export function listInputs(field: string): InputPlace[] {
  const [typeName = '', fieldName = ''] = field.split('.');
  const type = typeName === 'Query' ? API.getQueryType() : API.getMutationType();
  const args = type?.getFields()[fieldName]?.args ?? [];
  return args.flatMap((argument) => listWithin([argument.name], argument.type));
}

function listWithin(path: readonly string[], type: GraphQLInputType): InputPlace[] {
  const named = getNamedType(type);
  const isList = isListType(getNullableType(type));
  const own = { path, type: named.name, isList, isNullable: !isNonNullType(type) };
  if (!isInputObjectType(named)) return [own];
  const fields = Object.values(named.getFields());
  return [own, ...fields.flatMap((field) => listWithin([...path, field.name], field.type))];
}

export function readAt(variables: Variables, [name = '', ...rest]: readonly string[]): unknown {
  const value = variables[name];
  return rest.length === 0 ? value : readAt((value ?? {}) as Variables, rest);
}

/** The same variables with another value in one place. */
export function replaceAt(
  variables: Variables,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Variables {
  if (rest.length === 0) return { ...variables, [name]: value };
  return { ...variables, [name]: replaceAt((variables[name] ?? {}) as Variables, rest, value) };
}
