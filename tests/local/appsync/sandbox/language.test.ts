import { describe, expect, test } from '@jest/globals';
import { CodeError } from '#local/appsync/sandbox/codeError.ts';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';

const sandbox = createSandbox({
  clock: () => 0,
  randomBytes: (length) => new Uint8Array(length),
  log: () => {},
});

const run = (code: string) => sandbox.load(code).run('request', { arguments: {} }, '');
const resultOf = (expression: string) => run(`export const request = () => ${expression};`).value;
const faultOf = (expression: string) =>
  run(`export const request = () => ${expression};`).error?.message;

describe('the language', () => {
  test.each([
    ['Object.entries({ a: 1 })', [['a', 1]]],
    ["['b', 'a'].sort()", ['a', 'b']],
    ['[1, 2, 3].map((n) => n * 2).filter((n) => n > 2)', [4, 6]],
    ["'abc'.slice(1).toUpperCase()", 'BC'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code's own template
    ['`${1 + 1} ${[1, 2]}`', '2 1,2'],
    ['[...[1], ...[2]]', [1, 2]],
    ['5 & 3 | 8 ^ 1', 9],
    ['[[1], [2]].flat()', [1, 2]],
    ["Object.hasOwn({ a: 1 }, 'a')", true],
    ['Number.isNaN(NaN)', true],
    ['Math.max(1, 2)', 2],
    ["JSON.parse('[1]')", [1]],
  ])('has %s', (expression, value) => {
    expect(resultOf(expression)).toEqual(value);
  });

  test('reads what is no JSON as an empty text', () => {
    expect(resultOf("JSON.parse('{')")).toBe('');
  });

  test.each([
    ['LONG.map((n) => n).length', 1000],
    ['LONG.filter((n) => n === 0).length', 1000],
    ['LONG.reduce((sum) => sum + 1, 0)', 1000],
    ['LONG.findIndex((n) => n === 1)', -1],
    ['LONG.every((n) => n === 0)', true],
    ['[...LONG].length', 1000],
    ['LONG.indexOf(1)', 1500],
    ['LONG.slice(1).length', 1500],
    ['LONG.slice(501).map((n) => n).indexOf(1)', 999],
  ])('ends a loop behind the 1,000th turn without a word: %s', (expression, value) => {
    const code = `const LONG = ${JSON.stringify([...Array(1500).fill(0), 1])};
      export const request = () => ${expression};`;
    expect(run(code).value).toBe(value);
  });

  test('ends for-of behind the 1,000th turn, too', () => {
    const code = `const LONG = ${JSON.stringify(Array(1500).fill(0))};
      export function request() { let turns = 0; for (const _ of LONG) turns += 1; return turns; }`;
    expect(run(code).value).toBe(1000);
  });

  test('replaces by patterns, as Java does', () => {
    expect(resultOf("'a.b.c'.replaceAll('[.]', '-')")).toBe('a-b-c');
    expect(resultOf("'abc'.replaceAll('.', '-')")).toBe('---');
    expect(resultOf("'abab'.replace('a', 'x')")).toBe('xbab');
  });

  test.each([
    ["'abc'.includes('a')"],
    ["'abc'.charCodeAt(0)"],
    ["'abc'.substring(1)"],
    ["'abc'.padStart(5)"],
    ["'abc'.localeCompare('b')"],
    ['[1].includes(1)'],
    ['[1].at(0)'],
    ['[1].entries()'],
    ['[2, 1].sort((a, b) => a - b)'],
    ['Object.fromEntries([])'],
    ['Object.freeze({})'],
    ['Array.isArray([])'],
    ['Array.from([])'],
    ['Math.abs(-1)'],
    ['(5).toFixed(2)'],
    ['Date.now()'],
    ['new Date()'],
    ['new Map()'],
    ['new Set()'],
    ["new RegExp('a')"],
    ["new Error('a')"],
    ['Promise.resolve(1)'],
    ["Symbol('a')"],
    ['BigInt(1)'],
    ['Intl.DateTimeFormat()'],
    ["eval('1')"],
    ["(() => 1).constructor('return 1')()"],
    ['(() => 1).call()'],
    ["parseInt('1')"],
    ["encodeURIComponent('a')"],
    ['globalThis.util'],
    ['process.env'],
    ["require('fs')"],
    ['structuredClone({})'],
    ['setTimeout(1)'],
  ])('has no %s', (expression) => {
    expect(faultOf(expression)).toEqual(expect.any(String));
  });

  test('has what it is not to change for the next call', () => {
    const handlers = sandbox.load(
      'const a = []; export const request = () => { a.push(1); return a; };',
    );
    handlers.run('request', {}, '');
    expect(handlers.run('request', {}, '').value).toEqual([1]);
  });
});

describe('a module', () => {
  test.each([
    ["import { util as u } from '@aws-appsync/utils'; export const request = () => u.authType();"],
    [
      "import * as all from '@aws-appsync/utils'; export const request = () => all.util.authType();",
    ],
    ['export function request() { return util.authType(); }'],
    ['function f() { return util.authType(); } export { f as request };'],
    ['const f = () => util.authType();\nexport {\n  f as request,\n};'],
  ])('may be written as %s', (code) => {
    expect(sandbox.load(code).run('request', {}, 'IAM Authorization').value).toBe(
      'IAM Authorization',
    );
  });

  test('keeps its lines, however its imports are broken', () => {
    const code = `import {
  util,
} from '@aws-appsync/utils';

export function request(ctx) {
  return ctx.a.b;
}`;
    expect(run(code).error?.position).toEqual({ line: 6, column: 16 });
  });

  test.each([
    ['export function request( {', 'Unexpected token', { line: 1, column: 27 }],
    ['const a = 1;\nexport default a;', 'by name', { line: 2, column: 1 }],
    ["export * from '@aws-appsync/utils';", 'by name', { line: 1, column: 1 }],
    ["export { util } from '@aws-appsync/utils';", 'its own functions', { line: 1, column: 1 }],
  ])('cannot be %s', (code, message, position) => {
    const load = () => sandbox.load(code);
    expect(load).toThrow(CodeError);
    expect(load).toThrow(message);
    expect(load).toThrow(expect.objectContaining({ position }));
  });

  test('of another name does not exist', () => {
    const { error } = run("import fs from 'node:fs'; export const request = () => fs;");
    expect(error?.message).toBe("There is no module 'node:fs'");
  });

  test('without the handler that is called is at fault', () => {
    expect(run('export const response = () => 1;').error?.message).toBe(
      'The code exports no function request',
    );
  });
});
