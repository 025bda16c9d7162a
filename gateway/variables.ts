import {
  coerceInputValue,
  type GraphQLEnumType,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { shorten } from './errors.ts';
import { LIMITS } from './limits.ts';

export type Variables = Readonly<Record<string, unknown>>;

/**
 * Says what is wrong with an operation's variables, at most ten things; nothing when they fit.
 *
 * @apollo/gateway checks them too, but tells every problem of a long list one by one and quotes the
 * values: a wrong `title` would bring the memo's body, or a missing `email` the password, into an
 * error message. Here values are told by their kind.
 */
export function findVariableProblems(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Variables,
  hideSuggestions: boolean,
): string[] {
  const problems: string[] = [];
  for (const definition of definitions) {
    if (problems.length >= LIMITS.variableProblems) break;
    problems.push(...checkVariable(schema, definition, variables, hideSuggestions));
  }
  return problems.slice(0, LIMITS.variableProblems);
}

function checkVariable(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  variables: Variables,
  hideSuggestions: boolean,
): string[] {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type)) return [];
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (value !== undefined && value !== null) {
    return checkValue(name, type, value, hideSuggestions);
  }
  const isMissing = isNonNullType(type) && !(definition.defaultValue && value === undefined);
  if (!isMissing) return [];
  const got = value === null ? 'null' : 'nothing';
  return [`Variable "$${name}": expected a value of type "${type}", got ${got}.`];
}

function checkValue(
  name: string,
  type: GraphQLInputType,
  value: unknown,
  hideSuggestions: boolean,
): string[] {
  const problems: string[] = [];
  const onError = (path: Path, found: unknown, error: GraphQLError) => {
    const problem = describe(typeAt(type, path), found, error, hideSuggestions);
    problems.push(`Variable "$${name}${printPath(path)}": ${problem}`);
    if (problems.length >= LIMITS.variableProblems) throw new EnoughSaid();
  };
  try {
    coerceInputValue(value, type, onError, hideSuggestions);
  } catch (error) {
    if (!(error instanceof EnoughSaid)) throw error;
  }
  return problems;
}

/** Ends the check of a value that is wrong in many places. */
class EnoughSaid extends Error {}

type Path = readonly (string | number)[];

function printPath(path: Path): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
}

function describe(
  type: GraphQLInputType | undefined,
  value: unknown,
  error: GraphQLError,
  hideValues: boolean,
): string {
  if (!type || value === null) return shorten(error.message);
  // A list takes a single value as a list of one, so its items' type counts.
  const named = getNamedType(type);
  if (!isLeafType(named) && kindOf(value) === 'an object') return shorten(error.message);
  const values = isEnumType(named) && !hideValues ? ` (${namesOf(named)})` : '';
  return `expected a value of type "${type}"${values}, got ${kindOf(value)}.`;
}

function namesOf(type: GraphQLEnumType): string {
  const names = type.getValues().map(({ name }) => name);
  return names.join(', ');
}

function typeAt(type: GraphQLInputType, path: Path): GraphQLInputType | undefined {
  const [key, ...rest] = path;
  const nullable = getNullableType(type);
  if (key === undefined) return nullable;
  if (isListType(nullable)) return typeAt(nullable.ofType, rest);
  const field = isInputObjectType(nullable) ? nullable.getFields()[key] : undefined;
  return field && typeAt(field.type, rest);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
