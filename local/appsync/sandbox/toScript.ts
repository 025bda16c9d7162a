import {
  type ExportNamedDeclaration,
  type ImportDeclaration,
  type ModuleDeclaration,
  type Program,
  parse,
} from 'acorn';
import { CodeError } from './codeError.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Before the code, on its first line. */
export const HEAD = '(function ($import) { "use strict"; ';

/**
 * Makes a module's text one of a function that takes what loads modules and returns the exports.
 * Everything stays on its line and, but for imports, in its column: positions in errors are the code's.
 * @throws CodeError for what can't be read, or what of modules a resolver can't have
 */
export function toScript(code: string): string {
  const edits: Edit[] = [];
  const exported = new Map<string, string>();
  for (const node of read(code).body) {
    if (node.type === 'ImportDeclaration') edits.push(importEdit(node, code));
    else if (node.type === 'ExportNamedDeclaration') edits.push(exportEdit(node, code, exported));
    else refuseOtherModules(node as ModuleDeclaration);
  }
  const exports = [...exported].map(([name, local]) => `${JSON.stringify(name)}: ${local}`);
  return `${HEAD}${edit(code, edits)}\nreturn { ${exports.join(', ')} }; })`;
}

function read(code: string): Program {
  try {
    return parse(code, { ecmaVersion: 2023, sourceType: 'module', locations: true });
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc: { line: number; column: number } };
    const told = message.replace(/ \(\d+:\d+\)$/, '');
    throw new CodeError(told, { line: loc.line, column: loc.column + 1 });
  }
}

function importEdit(node: ImportDeclaration, code: string): Edit {
  const names = node.specifiers.map((specifier) => boundName(specifier, code));
  const from = `$import(${JSON.stringify(node.source.value)})`;
  const text = names.map((name) => `const ${name} = ${from};`).join(' ') || `${from};`;
  return { start: node.start, end: node.end, text: text + lineBreaks(node, code) };
}

function boundName(specifier: ImportDeclaration['specifiers'][number], code: string): string {
  switch (specifier.type) {
    case 'ImportNamespaceSpecifier':
      return specifier.local.name;
    case 'ImportDefaultSpecifier':
      return `{ default: ${specifier.local.name} }`;
    case 'ImportSpecifier': {
      const { start, end } = specifier.imported;
      return `{ ${code.slice(start, end)}: ${specifier.local.name} }`;
    }
  }
}

function exportEdit(
  node: ExportNamedDeclaration,
  code: string,
  exported: Map<string, string>,
): Edit {
  if (node.source) throw refused(node, 'A resolver exports its own functions');
  if (node.declaration) {
    const { declaration } = node;
    for (const name of declaredNames(declaration)) exported.set(name, name);
    const { start } = declaration;
    return { start: node.start, end: start, text: ' '.repeat(start - node.start) };
  }
  for (const { local, exported: as } of node.specifiers) {
    const name = as.type === 'Identifier' ? as.name : String(as.value);
    if (local.type === 'Identifier') exported.set(name, local.name);
  }
  return { start: node.start, end: node.end, text: lineBreaks(node, code) };
}

function declaredNames(
  declaration: NonNullable<ExportNamedDeclaration['declaration']>,
): readonly string[] {
  if (declaration.type !== 'VariableDeclaration') return [declaration.id.name];
  return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
}

function refuseOtherModules(node: ModuleDeclaration): void {
  if (node.type === 'ExportDefaultDeclaration' || node.type === 'ExportAllDeclaration')
    throw refused(node, 'A resolver exports the functions request and response by name');
}

function refused(node: ModuleDeclaration, message: string): CodeError {
  const { line = 1, column = 0 } = node.loc?.start ?? {};
  return new CodeError(message, { line, column: column + 1 });
}

function lineBreaks({ start, end }: { start: number; end: number }, code: string): string {
  return code.slice(start, end).replaceAll(/[^\n]/g, '');
}

function edit(code: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const { start, end, text: put } of edits) {
    text += code.slice(at, start) + put;
    at = end;
  }
  return text + code.slice(at);
}
