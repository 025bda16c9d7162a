import { StartError } from '#local/startError.ts';

/** Says whether a record is wanted. */
export type Filter = (record: unknown) => boolean;

/**
 * Filters as templates have them: a record must match one of them, if there are any.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 * @throws StartError for a pattern that Lambda refuses or we don't know
 */
export function compileFilters(criteria: unknown): Filter {
  const { Filters = [], ...others } = Object(criteria);
  if (!Array.isArray(Filters) || Object.keys(others).length > 0) {
    throw invalid(`only a list of Filters, got ${JSON.stringify(criteria)}`);
  }
  if (Filters.length > MAX_FILTERS) {
    throw invalid(`at most ${MAX_FILTERS} filters, got ${Filters.length}`);
  }
  const filters = Filters.map(({ Pattern }) => compilePattern(Pattern));
  return (record) => filters.length === 0 || filters.some((filter) => filter(record));
}

/** What an account has before it asks for more. */
const MAX_FILTERS = 5;
const MAX_PATTERN_LENGTH = 4096;

/** The first sentence is AWS's: https://github.com/localstack/localstack, test_lambda_integration_dynamodbstreams.snapshot.json. */
const invalid = (expected: string): StartError =>
  new StartError(`Invalid filter pattern definition. Expected ${expected}.`);

function compilePattern(text: unknown): Filter {
  if (typeof text !== 'string' || text.length > MAX_PATTERN_LENGTH) {
    throw invalid(`a text of at most ${MAX_PATTERN_LENGTH} characters`);
  }
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalid(`JSON, got ${text}`);
  }
  return compileObject(pattern, '');
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All members must match; of `$or`, one of its patterns. */
function compileObject(pattern: unknown, path: string): Filter {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw invalid(`an object with members${at(path)}, got ${JSON.stringify(pattern)}`);
  }
  const members = Object.entries(pattern).map(([name, inner]) => {
    if (name === '$or') return compileOr(inner, path);
    const filter = compileMember(inner, `${path}/${name}`);
    return (value: unknown) =>
      filter(isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  });
  return inEach((value) => members.every((member) => member(value)));
}

const at = (path: string): string => (path ? ` at ${path}` : '');

function compileOr(alternatives: unknown, path: string): Filter {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw invalid(`at least two patterns for $or${at(path)}`);
  }
  const filters = alternatives.map((pattern) => compileObject(pattern, path));
  return (value) => filters.some((filter) => filter(value));
}

/** A list of rules stands for a value, an object for what is in it. */
function compileMember(pattern: unknown, path: string): Filter {
  if (!Array.isArray(pattern)) return compileObject(pattern, path);
  if (pattern.length === 0) throw invalid(`at least one rule at ${path}`);
  const rules = pattern.map((rule) => compileRule(rule, path));
  return inEach((value) => rules.some((rule) => rule(value)));
}

/** Of a list, any element will do. */
function inEach(filter: Filter): Filter {
  return (value) =>
    Array.isArray(value) && value.length > 0
      ? value.some((element) => inEach(filter)(element))
      : filter(value);
}

/** Rules look at values alone: an object isn't one, and so it isn't there for them. */
function compileRule(rule: unknown, path: string): Filter {
  if (!isObject(rule)) return (value) => value === rule;
  const [name = '', ...others] = Object.keys(rule);
  const compile = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (!compile || others.length > 0) {
    throw invalid(`one rule we know at ${path}, got ${JSON.stringify(rule)}`);
  }
  return compile(rule[name], path);
}

type CompileRule = (operand: unknown, path: string) => Filter;

const RULES: Readonly<Record<string, CompileRule>> = {
  exists: (operand, path) => {
    if (typeof operand !== 'boolean') throw invalid(`true or false for exists at ${path}`);
    return (value) => isThere(value) === operand;
  },
  prefix: text('prefix', (value, prefix) => value.startsWith(prefix)),
  suffix: text('suffix', (value, suffix) => value.endsWith(suffix)),
  'equals-ignore-case': text(
    'equals-ignore-case',
    (value, other) => value.toLowerCase() === other.toLowerCase(),
  ),
  'anything-but': (operand, path) => {
    const refused = [operand].flat();
    if (refused.length === 0 || !refused.every(isTextOrNumber)) {
      throw invalid(`texts or numbers for anything-but at ${path}`);
    }
    return (value) => isThere(value) && !refused.includes(value);
  },
  numeric: compileNumeric,
};

const isThere = (value: unknown): boolean => value !== undefined && !isObject(value);

const isTextOrNumber = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number';

function text(name: string, matches: (value: string, operand: string) => boolean): CompileRule {
  return (operand, path) => {
    if (typeof operand !== 'string') throw invalid(`a text for ${name} at ${path}`);
    return (value) => typeof value === 'string' && matches(value, operand);
  };
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** DynamoDB's own numbers are texts, and so they never match: recorded in the same snapshots, `numeric_filter`. */
function compileNumeric(operand: unknown, path: string): Filter {
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4) throw invalid(`one or two bounds at ${path}`);
  const bounds = [0, 2].slice(0, parts.length / 2).map((index) => {
    const [operator, bound] = parts.slice(index);
    const compare = COMPARISONS[String(operator)];
    if (!compare || typeof bound !== 'number') {
      throw invalid(`pairs of a comparison and a number at ${path}`);
    }
    return (value: number) => compare(value, bound);
  });
  return (value) => typeof value === 'number' && bounds.every((bound) => bound(value));
}
