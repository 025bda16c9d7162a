import { parse } from 'acorn';
import { refusedFunctions } from './check/functions.js';
import { CODE_CHARACTERS_MAX } from './check/language.js';
import { refusedNames } from './check/names.js';
import { refusedNodes } from './check/nodes.js';
import { resolveNames, visit } from './check/scopes.js';

/**
 * What AppSync would refuse in code that is uploaded to it, or run otherwise than it is meant: the
 * places in the order of the text, lines from 1 and columns from 0. Give it the bundled code, which
 * holds what was imported too.
 */
export function checkCode(code) {
  const tooLong = code.length > CODE_CHARACTERS_MAX ? [sizeProblem(code.length)] : [];
  const { program, problem } = read(code);
  if (problem) return [problem];
  const names = resolveNames(program);
  const problems = [
    ...handlerProblems(program),
    ...refusedNodes(program),
    ...refusedNames(program, names),
    ...refusedFunctions(program, names),
  ];
  const told = withoutThrown(problems, program);
  return [...tooLong, ...told.sort((a, b) => a.line - b.line || a.column - b.column)];
}

/** `throw new Error()` is one thing too many, not three. */
function withoutThrown(problems, program) {
  const thrown = [];
  visit(program, (node) => {
    if (node.type === 'ThrowStatement') thrown.push(node.loc);
  });
  return problems.filter((one) => !thrown.some((place) => isWithin(one, place)));
}

function isWithin({ line, column }, { start, end }) {
  const isBehindStart = line > start.line || (line === start.line && column > start.column);
  return isBehindStart && (line < end.line || (line === end.line && column < end.column));
}

function read(code) {
  try {
    return {
      program: parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true }),
    };
  } catch (error) {
    const { line, column } = error.loc;
    return { problem: { line, column, what: 'no JavaScript', why: error.message } };
  }
}

function sizeProblem(length) {
  const why = `AppSync takes ${CODE_CHARACTERS_MAX} characters at most`;
  return { line: 1, column: 0, what: `${length} characters`, why };
}

/** Whatever it is for, it exports `request` and `response`. */
function handlerProblems({ body }) {
  const names = body.filter(({ type }) => type === 'ExportNamedDeclaration').flatMap(exportedNames);
  return ['request', 'response']
    .filter((name) => !names.includes(name))
    .map((name) => ({
      line: 1,
      column: 0,
      what: `no ${name}`,
      why: `AppSync calls an exported ${name}`,
    }));
}

function exportedNames({ declaration, specifiers }) {
  if (!declaration) return specifiers.map(({ exported }) => exported.name);
  if (declaration.id) return [declaration.id.name];
  return (declaration.declarations ?? []).map(({ id }) => id.name);
}
