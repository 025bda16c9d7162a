/**
 * What APPSYNC_JS knows, from "Supported runtime features" of the AppSync developer guide:
 * https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html (read November 2026).
 * What the page doesn't name is refused, also where AWS might take it.
 */

/** AppSync refuses longer code. */
export const CODE_CHARACTERS_MAX = 32_768;

/** Kinds of ESTree nodes that are fine as they are or have a rule of their own. */
export const NODES = new Set(
  `Program ImportDeclaration ImportSpecifier ImportNamespaceSpecifier ExportNamedDeclaration
  ExportSpecifier VariableDeclaration VariableDeclarator FunctionDeclaration
  ArrowFunctionExpression BlockStatement EmptyStatement ExpressionStatement IfStatement
  ForInStatement ForOfStatement BreakStatement ReturnStatement SwitchStatement SwitchCase
  ArrayExpression ObjectExpression Property UnaryExpression BinaryExpression AssignmentExpression
  LogicalExpression MemberExpression ConditionalExpression CallExpression ChainExpression
  SpreadElement RestElement TemplateLiteral TemplateElement TaggedTemplateExpression Identifier
  Literal ArrayPattern ObjectPattern AssignmentPattern`.split(/\s+/),
);

/** How messages call the kinds that are not. */
export const REFUSED_NODES = {
  ThrowStatement: ['throw', 'use util.error'],
  TryStatement: ['try', 'nothing can be caught'],
  WhileStatement: ['while', 'use for-of'],
  DoWhileStatement: ['do-while', 'use for-of'],
  ForStatement: ['for with a condition', 'use for-of'],
  ContinueStatement: ['continue', 'use if'],
  LabeledStatement: ['a label', 'labels are unknown'],
  ClassDeclaration: ['class', 'use functions and objects'],
  ClassExpression: ['class', 'use functions and objects'],
  NewExpression: ['new', 'nothing can be constructed'],
  ThisExpression: ['this', 'use parameters'],
  UpdateExpression: ['++ or --', 'use += 1'],
  AwaitExpression: ['await', 'a data source does all input and output'],
  YieldExpression: ['yield', 'generators are unknown'],
  ImportExpression: ['import()', 'code is loaded once'],
  SequenceExpression: ['the comma operator', 'use statements'],
  FunctionExpression: ['a function expression', 'use an arrow function'],
  WithStatement: ['with', 'it is unknown'],
  DebuggerStatement: ['debugger', 'use console.log'],
  MetaProperty: ['import.meta', 'it is unknown'],
};

export const UNARY = new Set(['-', '+', '!', 'typeof', 'void', 'delete']);
export const BINARY = new Set('+ - * / % == != === !== < <= > >= & | ^ << >> >>>'.split(' '));
export const ASSIGNMENTS = new Set('= += -= *= /= %= &= |= ^= <<= >>= >>>='.split(' '));

/** Modules that AppSync brings; a bundle may import nothing else. */
export const MODULES = new Set(['@aws-appsync/utils', '@aws-appsync/utils/dynamodb']);

/** Globals, and the functions that belong to them; `[]` for plain values. */
export const GLOBALS = {
  NaN: [],
  Infinity: [],
  undefined: [],
  Object: ['assign', 'entries', 'hasOwn', 'keys', 'values'],
  Number: ['isFinite', 'isNaN'],
  String: ['raw'],
  Math: ['min', 'max', 'round', 'floor', 'ceil'],
  JSON: ['parse', 'stringify'],
  console: ['log', 'error'],
};

/** Methods that take a function. */
export const TAKE_FUNCTIONS = new Set(
  `map find filter findIndex findLast findLastIndex forEach reduce reduceRight every some flatMap`.split(
    ' ',
  ),
);

/** Methods of strings and arrays. */
export const METHODS = new Set([
  ...TAKE_FUNCTIONS,
  ...'charAt concat endsWith indexOf lastIndexOf slice split startsWith'.split(' '),
  ...'toLowerCase toUpperCase trim trimEnd trimStart'.split(' '),
  ...'fill flat join pop push reverse shift sort splice unshift'.split(' '),
]);

/** Why some names are refused, where that is no matter of course. */
export const REASONS = {
  includes: 'it is not on the list: use indexOf or some',
  replace: 'AppSync takes its text for a Java pattern: use split and join',
  replaceAll: 'AppSync takes its text for a Java pattern: use split and join',
  random: 'use util.autoId or util.autoUlid',
  Date: 'use util.time',
  call: 'functions have no methods',
  apply: 'functions have no methods',
  bind: 'functions have no methods',
};
