import { StartError } from '#local/startError.ts';

/**
 * One statement of an identity-based policy, as templates have it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export interface Statement {
  readonly Sid?: string | undefined;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[] | undefined;
  readonly NotAction?: string | readonly string[] | undefined;
  readonly Resource?: string | readonly string[] | undefined;
}

export type Decision = 'ALLOWED' | 'DENIED_EXPLICITLY' | 'DENIED_BY_DEFAULT';

/**
 * What identity-based policies say about one action on one resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @param action `dynamodb:GetItem`
 * @param resource an ARN, or `*` for actions that know no resources
 * @throws StartError naming the statement that has an element or a value we don't know
 */
export function decide(
  statements: readonly Statement[],
  action: string,
  resource: string,
): Decision {
  const matching = statements.map(compile).filter((one) => one.matches(action, resource));
  if (matching.some(({ effect }) => effect === 'Deny')) return 'DENIED_EXPLICITLY';
  return matching.length > 0 ? 'ALLOWED' : 'DENIED_BY_DEFAULT';
}

/** Finds out at once what `decide` would throw for. @throws StartError */
export function compileStatement(statement: Statement): void {
  compile(statement);
}

interface Compiled {
  readonly effect: 'Allow' | 'Deny';
  matches(action: string, resource: string): boolean;
}

/** Statements are asked at every request and never change. */
const COMPILED = new WeakMap<Statement, Compiled>();

function compile(statement: Statement): Compiled {
  const known = COMPILED.get(statement);
  if (known) return known;
  const compiled = compileAnew(statement);
  COMPILED.set(statement, compiled);
  return compiled;
}

const ELEMENTS = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource']);

function compileAnew(statement: Statement): Compiled {
  const refuse = (what: string): never => {
    throw new StartError(
      `Expected a policy statement that can be evaluated on a laptop, got one with ${what}: ${JSON.stringify(statement)}`,
    );
  };
  for (const name of Object.keys(statement)) {
    if (!ELEMENTS.has(name)) refuse(`the element ${name}`);
  }
  const { Effect: effect, Action, NotAction, Resource } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') refuse(`the Effect ${JSON.stringify(effect)}`);
  if ((Action === undefined) === (NotAction === undefined)) {
    refuse('not exactly one of Action and NotAction');
  }
  const named = patterns(Action ?? NotAction, 'i', refuse);
  const resources = patterns(Resource, '', refuse);
  return {
    effect,
    matches: (action, resource) =>
      named.some((pattern) => pattern.test(action)) === (Action !== undefined) &&
      resources.some((pattern) => pattern.test(resource)),
  };
}

/** @param flags actions are the same in upper and lower case, resources aren't */
function patterns(value: unknown, flags: '' | 'i', refuse: (what: string) => never): RegExp[] {
  return [value].flat().map((pattern) => {
    if (typeof pattern !== 'string') return refuse(`${JSON.stringify(pattern)} for a text`);
    if (pattern.includes('${')) return refuse(`the policy variable in ${JSON.stringify(pattern)}`);
    return new RegExp(`^${pattern.split('').map(toRegExp).join('')}$`, `s${flags}`);
  });
}

/** `*` stands for any text, `?` for any one character, everything else for itself. */
function toRegExp(character: string): string {
  if (character === '*') return '.*';
  if (character === '?') return '.';
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
