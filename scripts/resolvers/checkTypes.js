import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

/**
 * As AppSync reads a code that is uploaded: JavaScript without a word about types, so whatever is taken
 * apart in a parameter has to be there in every call.
 * https://github.com/aws/aws-appsync-community/issues/334
 */
const COMPILER_OPTIONS = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  strict: false,
  skipLibCheck: true,
  target: 'es2020',
  lib: ['es2023'],
  types: [],
  module: 'esnext',
  moduleResolution: 'bundler',
  paths: { '@aws-appsync/*': [join(ROOT, 'node_modules/@aws-appsync/*')] },
};
const GLOBALS =
  'declare const console: { log(...given: unknown[]): void; error(...given: unknown[]): void };\n';

/**
 * What AppSync's check of types would refuse in code by its file's name, a sentence each: `Query.memo.js(5,3): error …`.
 * @param {ReadonlyMap<string, string>} code
 * @returns {Promise<string[]>}
 */
export async function checkTypes(code) {
  const folder = await mkdtemp(join(tmpdir(), 'memopad-types-'));
  const config = { compilerOptions: COMPILER_OPTIONS, include: ['*.js', '*.d.ts'] };
  const files = new Map([
    ...code,
    ['globals.d.ts', GLOBALS],
    ['tsconfig.json', JSON.stringify(config)],
  ]);
  try {
    await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
    return await runCompiler(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runCompiler(folder) {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [TSC, '--pretty', 'false'],
      { cwd: folder },
      (error, stdout, stderr) => {
        const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
        done(error && lines.length === 0 ? [error.message] : lines);
      },
    );
  });
}

/** @throws with everything that AppSync's check of types would refuse */
export async function refuseTypes(code) {
  const told = await checkTypes(code);
  if (told.length > 0) throw new Error(`AppSync's check of types refuses:\n${told.join('\n')}`);
}
