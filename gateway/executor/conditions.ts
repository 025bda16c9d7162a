import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  separateOperations,
  visit,
} from 'graphql';
import { readOwn } from './data.ts';
import type { Conditions } from './run.ts';

type Directives = SelectionNode['directives'];

/** The Boolean variables that decide what an operation selects, with their defaults. */
export type ConditionVariables = ReadonlyMap<string, boolean | undefined>;

/**
 * Finds the variables that @skip and @include ask for; they are checked by validation. Another
 * operation of the document may ask for one of the same name that is something else in this one.
 */
export function findConditionVariables(
  document: DocumentNode,
  { name, variableDefinitions = [] }: OperationDefinitionNode,
): ConditionVariables {
  const asked = new Set<string>();
  visit(separateOperations(document)[name?.value ?? ''] ?? document, {
    Directive(directive) {
      const value = readIf(directive);
      if (value?.kind === Kind.VARIABLE) asked.add(value.name.value);
    },
  });
  return new Map(
    variableDefinitions
      .filter(({ variable }) => asked.has(variable.name.value))
      .map(({ variable, defaultValue }) => [
        variable.name.value,
        defaultValue?.kind === Kind.BOOLEAN ? defaultValue.value : undefined,
      ]),
  );
}

const NONE: Conditions = {};

/** An error for a value that is no Boolean: a variable with a default may be null where @skip and @include take no null. */
export function readConditions(
  asked: ConditionVariables,
  variables: Readonly<Record<string, unknown>>,
): Conditions | GraphQLError {
  if (asked.size === 0) return NONE;
  const conditions: Record<string, boolean> = Object.create(null);
  for (const [name, byDefault] of asked) {
    const sent = readOwn(variables, name);
    const value = sent === undefined ? byDefault : sent;
    if (typeof value !== 'boolean') return notBoolean(name);
    conditions[name] = value;
  }
  return conditions;
}

/** https://spec.graphql.org/draft/#sec-Type-System.Directives.Built-in-Directives */
export function isIncluded(directives: Directives, conditions: Conditions): boolean {
  for (const directive of directives ?? []) {
    const value = readIf(directive);
    if (!value) continue;
    const holds = value.kind === Kind.VARIABLE ? conditions[value.name.value] : value.value;
    if (holds === (directive.name.value === 'skip')) return false;
  }
  return true;
}

/** The `if` of a @skip or @include; undefined for other directives. */
function readIf(directive: NonNullable<Directives>[number]) {
  const { name, arguments: given = [] } = directive;
  if (name.value !== 'skip' && name.value !== 'include') return undefined;
  const value = given.find((argument) => argument.name.value === 'if')?.value;
  return value?.kind === Kind.VARIABLE || value?.kind === Kind.BOOLEAN ? value : undefined;
}

function notBoolean(name: string): GraphQLError {
  const message = `Variable "$${name}": expected a value of type "Boolean!" for @skip and @include, got null.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
