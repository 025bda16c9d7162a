import { TAKE_FUNCTIONS } from './language.js';
import { problemAt } from './problem.js';
import { isFunction, visit } from './scopes.js';

/**
 * Functions may be declared, called, exported and handed to the methods of arrays that take one:
 * nothing else, and none may call itself, not by way of others either.
 */
export function refusedFunctions(program, names) {
  return [...valuesOf(program, names), ...recursions(names), ...reassignments(program, names)];
}

function valuesOf(program, { uses, declarationOf }) {
  const problems = [];
  const check = (node, parents) => {
    if (!isWelcome(node, parents))
      problems.push(problemAt(node, 'a function as a value', WHY_VALUE));
  };
  visit(program, (node, parents) => {
    if (node.type === 'ArrowFunctionExpression') check(node, parents);
  });
  for (const { identifier, parents } of uses) {
    if (declarationOf(identifier)?.functionNode) check(identifier, parents);
  }
  return problems;
}

const WHY_VALUE = `functions can only be called, or handed to ${[...TAKE_FUNCTIONS].join(', ')}`;

function isWelcome(node, parents) {
  const parent = parents.at(-1);
  switch (parent.type) {
    case 'VariableDeclarator':
      return isFunction(node) && parent.init === node;
    case 'CallExpression':
      return parent.callee === node || takesFunction(parent, node);
    default:
      return false;
  }
}

function takesFunction({ callee, arguments: given }, node) {
  return (
    callee.type === 'MemberExpression' &&
    TAKE_FUNCTIONS.has(callee.property.name) &&
    given[0] === node
  );
}

function recursions({ uses, declarationOf }) {
  const calls = new Map();
  for (const { identifier, parents } of uses) {
    const called = declarationOf(identifier)?.functionNode;
    if (!called) continue;
    for (const caller of parents.filter(isFunction)) {
      if (!calls.has(caller)) calls.set(caller, []);
      calls.get(caller).push(called);
    }
  }
  return [...calls.keys()]
    .filter((caller) => reaches(caller, caller, calls))
    .map((caller) =>
      problemAt(caller, 'recursion', 'no function may call itself, not by way of others either'),
    );
}

function reaches(from, to, calls) {
  const seen = new Set();
  const waiting = [...(calls.get(from) ?? [])];
  for (const called of waiting) {
    if (called === to) return true;
    if (seen.has(called)) continue;
    seen.add(called);
    waiting.push(...(calls.get(called) ?? []));
  }
  return false;
}

/** The context and functions stay what they are. */
function reassignments(program, { uses, declarationOf }) {
  const contexts = contextsOf(program);
  return uses
    .filter(({ identifier, parents }) => {
      const parent = parents.at(-1);
      const isWritten = parent.type === 'AssignmentExpression' && parent.left === identifier;
      return isWritten && contexts.has(declarationOf(identifier)?.node);
    })
    .map(({ identifier }) =>
      problemAt(identifier, 'a new value for the context', 'write into ctx.stash'),
    );
}

/** The first parameters of `request` and `response`. */
function contextsOf(program) {
  const handlers = new Set();
  visit(program, (node, parents) => {
    const name =
      node.id?.name ?? (parents.at(-1)?.type === 'VariableDeclarator' && parents.at(-1).id.name);
    if (isFunction(node) && (name === 'request' || name === 'response'))
      handlers.add(node.params[0]);
  });
  return handlers;
}
