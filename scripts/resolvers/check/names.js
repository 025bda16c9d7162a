import { GLOBALS, METHODS, REASONS, TAKE_FUNCTIONS } from './language.js';
import { problemAt } from './problem.js';
import { visit } from './scopes.js';

/** Globals and methods that APPSYNC_JS doesn't have. */
export function refusedNames(program, { uses, declarationOf }) {
  const problems = [];
  for (const { identifier, parents } of uses) {
    if (declarationOf(identifier)) continue;
    const refusal = globalRefusal(identifier, parents);
    if (refusal) problems.push(problemAt(identifier, ...refusal));
  }
  visit(program, (node) => {
    const refusal = methodRefusal(node, declarationOf);
    if (refusal) problems.push(problemAt(node.callee?.property ?? node, ...refusal));
  });
  return problems;
}

function globalRefusal({ name }, parents) {
  const members = Object.hasOwn(GLOBALS, name) ? GLOBALS[name] : undefined;
  if (!members) return [`global ${name}`, reasonOf(name) ?? 'AppSync does not have it'];
  if (members.length === 0) return undefined;
  const parent = parents.at(-1);
  const member = parent.type === 'MemberExpression' && !parent.computed && parent.property.name;
  if (!member) return [`${name} as a value`, `only ${listed(name, members)} are there`];
  if (members.includes(member)) return undefined;
  return [`${name}.${member}`, reasonOf(member) ?? `only ${listed(name, members)} are there`];
}

const reasonOf = (name) => (Object.hasOwn(REASONS, name) ? REASONS[name] : undefined);
const listed = (name, members) => members.map((member) => `${name}.${member}`).join(', ');

function methodRefusal(node, declarationOf) {
  if (node.type === 'TaggedTemplateExpression') return tagRefusal(node);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = node.callee;
  if (computed) return ['a call of a computed name', 'name the method'];
  if (isBuiltIn(object, declarationOf)) return undefined;
  if (!METHODS.has(property.name)) {
    return [`method ${property.name}`, reasonOf(property.name) ?? 'AppSync does not have it'];
  }
  if (property.name === 'sort' && node.arguments.length > 0) {
    return ['sort with a comparator', 'sort takes no arguments: sort keys that are texts'];
  }
  if (TAKE_FUNCTIONS.has(property.name) && node.arguments.length === 0) {
    return [`${property.name} without a function`, 'it takes one'];
  }
  return undefined;
}

function tagRefusal({ tag }) {
  const isRaw = tag.type === 'MemberExpression' && tag.object.name === 'String';
  return isRaw ? undefined : ['a tagged template', 'only String.raw is there'];
}

/** A module of AppSync, a part of one (`util.time`), or a global. */
function isBuiltIn(object, declarationOf) {
  if (object.type === 'MemberExpression') return isBuiltIn(object.object, declarationOf);
  if (object.type !== 'Identifier') return false;
  const declaration = declarationOf(object);
  return declaration ? declaration.kind === 'import' : true;
}
