import { fullAncestor } from 'acorn-walk';

/**
 * Which declaration each identifier means. Every declaration is an object of its own:
 * `{ name, node, kind: 'import' | 'function' | 'parameter' | 'variable', functionNode }`, the last
 * one the function that the name stands for, if it always stands for one.
 * @returns {{ declarationOf(identifier): object | undefined, uses: { identifier, parents }[] }}
 *   uses: every identifier that is read, called or written to, with the nodes around it, the innermost last
 */
export function resolveNames(program) {
  const scopes = new Map();
  const uses = [];
  visit(program, (node, parents) => {
    if (declaresScope(node)) scopes.set(node, declarationsOf(node));
    if (node.type === 'Identifier' && !isDeclared(node, parents)) {
      uses.push({ identifier: node, parents });
    }
  });
  const declarations = new Map(
    uses.map(({ identifier, parents }) => [
      identifier,
      findDeclaration(identifier, parents, scopes),
    ]),
  );
  forgetReassigned(uses, declarations);
  return { uses, declarationOf: (identifier) => declarations.get(identifier) };
}

/** Calls `act` with every node and the nodes around it; names of properties are none. */
export function visit(program, act) {
  fullAncestor(program, (node, _state, ancestors) => act(node, ancestors.slice(0, -1)));
}

export function isFunction(node) {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(
    node?.type,
  );
}

const SCOPES = ['Program', 'BlockStatement', 'SwitchStatement', 'ForOfStatement', 'ForInStatement'];

const declaresScope = (node) => SCOPES.includes(node.type) || isFunction(node);

function declarationsOf(node) {
  const found = new Map();
  const add = (identifier, kind, functionNode) =>
    found.set(identifier.name, { name: identifier.name, node: identifier, kind, functionNode });
  for (const name of (node.params ?? []).flatMap(namesIn)) add(name, 'parameter');
  for (const statement of statementsOf(node)) declare(statement, add);
  return found;
}

function statementsOf({ type, left, cases, body }) {
  if (type === 'ForOfStatement' || type === 'ForInStatement') return [left];
  return cases ? cases.flatMap(({ consequent }) => consequent) : [body].flat();
}

function declare(statement, add) {
  const { type, specifiers, id, declarations } = statement.declaration ?? statement;
  if (type === 'ImportDeclaration') for (const { local } of specifiers) add(local, 'import');
  if (type === 'FunctionDeclaration') add(id, 'function', statement.declaration ?? statement);
  if (type === 'VariableDeclaration') for (const one of declarations) declareVariables(one, add);
}

function declareVariables({ id, init }, add) {
  for (const name of namesIn(id)) add(name, 'variable', isFunction(init) ? init : undefined);
}

/** The identifiers that a pattern declares. */
function namesIn(pattern) {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern];
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesIn);
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => namesIn(one.value ?? one));
    default:
      return [];
  }
}

function isDeclared(identifier, parents) {
  let inner = identifier;
  for (const parent of [...parents].reverse()) {
    if (isFunction(parent)) return parent.id === inner || parent.params.includes(inner);
    if (parent.type === 'VariableDeclarator') return parent.id === inner;
    const isPattern =
      ['ArrayPattern', 'ObjectPattern', 'RestElement'].includes(parent.type) ||
      (parent.type === 'Property' && parent.value === inner) ||
      (parent.type === 'AssignmentPattern' && parent.left === inner);
    if (!isPattern) return false;
    inner = parent;
  }
  return false;
}

function findDeclaration({ name }, parents, scopes) {
  for (const parent of [...parents].reverse()) {
    const found = scopes.get(parent)?.get(name);
    if (found) return found;
  }
  return undefined;
}

/** What is written to later no longer stands for one function. */
function forgetReassigned(uses, declarations) {
  for (const { identifier, parents } of uses) {
    const parent = parents.at(-1);
    const declaration = declarations.get(identifier);
    if (declaration && parent.type === 'AssignmentExpression' && parent.left === identifier) {
      declaration.functionNode = undefined;
    }
  }
}
