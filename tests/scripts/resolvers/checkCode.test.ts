import { describe, expect, test } from '@jest/globals';
import { checkCode } from '#scripts/resolvers/checkCode.js';

const HANDLERS = `
export function request(ctx) {
  return { payload: ctx.args };
}
export function response(ctx) {
  return ctx.result;
}
`;

/** What is refused in a code that has its handlers. */
const refusedIn = (code: string): string[] =>
  checkCode(`${code}${HANDLERS}`).map(({ what }) => what);

describe('APPSYNC_JS does not know', () => {
  const REFUSED: readonly (readonly [what: string, code: string])[] = [
    ['throw', `const stop = () => { throw 'no'; };`],
    ['try', `const f = () => { try { return 1; } catch { return 2; } };`],
    ['while', `const f = (n) => { while (n > 0) n -= 1; };`],
    ['do-while', `const f = (n) => { do n -= 1; while (n > 0); };`],
    ['for with a condition', `const f = () => { for (let i = 0; i < 3; i += 1) util.log(i); };`],
    ['continue', `const f = (a) => { for (const b of a) { if (b) continue; } };`],
    ['a label', `const f = (a) => { outer: for (const b of a) { break; } };`],
    ['break with a label', `const f = (a) => { outer: for (const b of a) { break outer; } };`],
    ['class', 'class Pad {}'],
    ['new', 'const list = new Thing();'],
    ['this', 'const f = () => this;'],
    ['++ or --', 'let n = 0; n++;'],
    ['++ or --', 'let n = 0; --n;'],
    ['operator ~', 'const n = ~1;'],
    ['operator in', `const f = (o) => 'a' in o;`],
    ['operator instanceof', 'const f = (o) => o instanceof Object;'],
    ['operator **', 'const n = 2 ** 3;'],
    ['operator ??=', 'let n = null; n ??= 1;'],
    ['an async function', 'const f = async () => 1;'],
    ['await', 'const f = async () => await 1;'],
    ['a generator', 'function* f() {}'],
    ['yield', 'function* f() { yield 1; }'],
    ['for await', 'const f = async (a) => { for await (const b of a) util.log(b); };'],
    ['a function expression', 'const f = function () {};'],
    ['a regular expression', 'const r = /a/;'],
    ['a BigInt', 'const n = 1n;'],
    ['a getter or setter', 'const o = { get a() { return 1; } };'],
    ['a method', 'const o = { a() { return 1; } };'],
    ['a tagged template', 'const f = (a) => a`b`;'],
    ['the comma operator', 'const f = (a, b) => (a, b);'],
    ['import()', `const f = () => import('a');`],
    ['import.meta', 'const f = () => import.meta;'],
    ['debugger', 'debugger;'],
    ['import of node:crypto', `import { createHash } from 'node:crypto';`],
  ];

  test.each(REFUSED)('%s: %s', (what, code) => {
    expect(refusedIn(code)).toContain(what);
  });

  const GLOBALS = `Map Set WeakMap Promise Date Symbol Intl BigInt RegExp Reflect Proxy Buffer Array Boolean Error
    globalThis process eval parseInt parseFloat isNaN encodeURIComponent structuredClone setTimeout fetch TextEncoder require arguments`;

  test.each(GLOBALS.split(/\s+/))('the global %s', (name) => {
    expect(refusedIn(`const f = () => ${name};`)).toContain(`global ${name}`);
  });

  test.each([
    'Math.random',
    'Math.abs',
    'Math.trunc',
    'Number.isInteger',
    'Object.fromEntries',
    'Object.freeze',
    'Object.defineProperty',
    'JSON.rawJSON',
    'String.fromCharCode',
    'console.warn',
  ])('%s', (name) => {
    expect(refusedIn(`const f = (a) => ${name}(a);`)).toEqual([name]);
  });

  test.each(['String', 'Number', 'Object'])('%s as a function', (name) => {
    expect(refusedIn(`const f = (a) => ${name}(a);`)).toEqual([`${name} as a value`]);
  });

  const METHODS = `includes replace replaceAll match matchAll search normalize charCodeAt codePointAt localeCompare at padStart padEnd
    repeat substring isWellFormed toString valueOf toSorted with entries keys values copyWithin call apply bind then`;

  test.each(METHODS.split(/\s+/))('the method %s', (name) => {
    expect(refusedIn(`const f = (a) => a.${name}('b');`)).toEqual([`method ${name}`]);
    expect(refusedIn(`const f = (a) => a?.${name}('b');`)).toEqual([`method ${name}`]);
  });

  test.each(['constructor', 'toString', 'hasOwnProperty'])('the name %s, in words', (name) => {
    for (const code of [`a.${name}('b')`, `${name}('b')`]) {
      const [problem] = checkCode(
        `export const request = (a) => ${code}; export const response = request;`,
      );
      expect(JSON.stringify(problem)).toContain('AppSync does not have it');
    }
  });

  test('an error that is thrown, as one thing', () => {
    expect(refusedIn(`const f = () => { throw new Error(); };`)).toEqual(['throw']);
  });

  test('a method that is computed', () => {
    expect(refusedIn(`const f = (a, b) => a[b]();`)).toEqual(['a call of a computed name']);
  });

  test('a comparator', () => {
    expect(refusedIn('const f = (a) => a.sort((b, c) => b - c);')).toContain(
      'sort with a comparator',
    );
  });
});

describe('functions', () => {
  test.each([
    ['given to another', 'const g = (h) => h; const f = () => 1; const n = g(f);'],
    ['given to another as it is written', 'const g = (h) => h; const n = g(() => 1);'],
    ['given back', 'const g = () => () => 1;'],
    ['kept in an object', 'const f = () => 1; const o = { f };'],
    ['kept in an array', 'const o = [() => 1];'],
    ['given as a second argument', 'const f = (a) => a.reduce((b) => b, () => 1);'],
    ['chosen', 'const f = () => 1; const g = (a) => (a ? f : null);'],
    ['given to a method that takes none', 'const f = (a) => a.push(() => 1);'],
    ['declared and given to another', 'function f() {} const n = util.log(f);'],
  ])('can not be %s', (_case, code) => {
    expect(refusedIn(code)).toContain('a function as a value');
  });

  test('can not call themselves', () => {
    expect(refusedIn('const f = (n) => (n > 0 ? f(n - 1) : 0);')).toEqual(['recursion']);
    expect(refusedIn('function f(a) { return a.map((b) => f(b)); }')).toContain('recursion');
    expect(refusedIn('function f(a) { return a.map(f); }')).toContain('recursion');
  });

  test('can not call each other in a circle', () => {
    const code =
      'function a() { return b(); } function b() { return c(); } function c() { return a(); }';
    expect(refusedIn(code)).toEqual(['recursion', 'recursion', 'recursion']);
  });

  test('may be handed to the methods of arrays that take one', () => {
    const code = `
      const isLong = (text) => text.length > 1;
      function first(texts) {
        return texts.find(isLong) ?? texts.map((text) => text.trim()).filter(isLong).reduce((a, b) => a + b, '');
      }
      const all = first(['a']);`;
    expect(refusedIn(code)).toEqual([]);
  });

  test('of the same name in two places are two', () => {
    const code = `
      const f = (a) => { const g = () => 1; return g() + a; };
      const g = () => f(1);
      const n = g();`;
    expect(refusedIn(code)).toEqual([]);
  });

  test('that give way to another value later are no functions any more', () => {
    expect(refusedIn('let f = () => 1; f = null; const o = { f };')).toEqual([]);
  });
});

describe('the context', () => {
  test('can not be replaced, but written into', () => {
    const replaced = `export function request(ctx) { ctx = {}; return {}; } export const response = (ctx) => { ctx.stash.a = 1; };`;
    expect(checkCode(replaced).map(({ what }) => what)).toEqual(['a new value for the context']);
  });
});

describe('APPSYNC_JS knows', () => {
  test('the rest of JavaScript that resolvers are made of', () => {
    const code = `
      import { util, extensions, runtime } from '@aws-appsync/utils';
      import * as ddb from '@aws-appsync/utils/dynamodb';
      export const SIZES = { small: 1, large: 1e3 };
      const { small, ...others } = SIZES;
      export function request({ args: { id = 'a', ...rest }, stash }, ...more) {
        let bits = (5 & 3) | (1 << 4) ^ (8 >>> 1);
        bits += others.large;
        bits >>>= 1;
        for (const [key, value] of Object.entries(rest)) {
          if (key === 'none') break;
          stash[key] = \`\${value}: \${bits}\`;
        }
        for (const key in rest) delete stash[key];
        switch (id) {
          case 'a': {
            const name = id.toUpperCase();
            util.error(name, 'NOT_FOUND', null, { more });
            break;
          }
          default:
            runtime.earlyReturn({ id });
        }
        extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ padId: { eq: id } }));
        const raw = String.raw\`a\${typeof id}\`;
        return ddb.get({ key: { id: util.dynamodb.toDynamoDB(raw) }, [raw]: Math.min(small, Infinity) });
      }
      export const response = (ctx) => (ctx.error ? void 0 : JSON.parse(JSON.stringify(ctx.result?.items?.[0] ?? [])));`;
    expect(checkCode(code)).toEqual([]);
  });
});

describe('a code', () => {
  test('must export request and response', () => {
    expect(checkCode('export const request = () => 1;').map(({ what }) => what)).toEqual([
      'no response',
    ]);
    expect(checkCode('const a = () => 1; export { a as request, a as response };')).toEqual([]);
  });

  test('must be JavaScript', () => {
    expect(checkCode('export const a: number = 1;')[0]).toMatchObject({
      what: 'no JavaScript',
      line: 1,
    });
  });

  test('has 32,768 characters at most', () => {
    const longest = `${HANDLERS}//${'a'.repeat(32_768 - HANDLERS.length - 2)}`;
    expect(checkCode(longest)).toEqual([]);
    expect(checkCode(`${longest}a`).map(({ what }) => what)).toEqual(['32769 characters']);
  });

  test('is told of with the place of what is refused', () => {
    expect(checkCode(`${HANDLERS}\nconst a =\n  new Date();`)).toContainEqual({
      line: 10,
      column: 6,
      what: 'global Date',
      why: 'use util.time',
    });
  });
});
