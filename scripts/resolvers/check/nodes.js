import { ASSIGNMENTS, BINARY, MODULES, NODES, REFUSED_NODES, UNARY } from './language.js';
import { problemAt } from './problem.js';
import { isFunction, visit } from './scopes.js';

/** Statements, operators and literals that APPSYNC_JS doesn't know. */
export function refusedNodes(program) {
  const problems = [];
  visit(program, (node) => {
    const found = refusalOf(node);
    if (found) problems.push(problemAt(node, ...found));
  });
  return problems;
}

/** [what, why], or nothing. */
function refusalOf(node) {
  if (node.type in REFUSED_NODES) return REFUSED_NODES[node.type];
  if (!NODES.has(node.type)) return [node.type, 'it is unknown'];
  if (isFunction(node)) return functionRefusal(node);
  return RULES[node.type]?.(node);
}

function functionRefusal({ async, generator }) {
  if (async) return ['an async function', 'a data source does all input and output'];
  return generator ? ['a generator', 'use arrays'] : undefined;
}

const RULES = {
  Literal: ({ regex, bigint }) => {
    if (regex) return ['a regular expression', 'use split, indexOf and startsWith'];
    return bigint ? ['a BigInt', 'use numbers'] : undefined;
  },
  UnaryExpression: ({ operator }) => (UNARY.has(operator) ? undefined : unknown(operator)),
  BinaryExpression: ({ operator }) => (BINARY.has(operator) ? undefined : unknown(operator)),
  AssignmentExpression: ({ operator }) =>
    ASSIGNMENTS.has(operator) ? undefined : unknown(operator),
  Property: ({ kind, method }) => {
    if (kind !== 'init') return ['a getter or setter', 'objects hold values only'];
    return method ? ['a method', 'objects hold values only'] : undefined;
  },
  ForOfStatement: ({ await: waits }) =>
    waits ? ['for await', 'nothing can be waited for'] : undefined,
  BreakStatement: ({ label }) => (label ? ['break with a label', 'labels are unknown'] : undefined),
  ImportDeclaration: ({ source }) =>
    MODULES.has(source.value)
      ? undefined
      : [`import of ${source.value}`, `only ${[...MODULES].join(' and ')} are there`],
};

const unknown = (operator) => [`operator ${operator}`, 'it is unknown'];
