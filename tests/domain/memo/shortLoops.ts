import vm from 'node:vm';
import { build } from 'esbuild';

/**
 * Loads a module of the project so that it runs as on AppSync in one respect: every loop over a list ends
 * without a word behind its 1,000th turn (https://github.com/aws/aws-appsync-community/issues/371).
 */
export async function loadWithShortLoops<Module>(file: string): Promise<Module> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'loaded',
    target: 'es2020',
  });
  const context = vm.createContext({});
  vm.runInContext(SHORT_LOOPS, context);
  vm.runInContext(outputFiles[0]?.text ?? '', context);
  return vm.runInContext('loaded', context);
}

const SHORT_LOOPS = `
  const MOST = 1000;
  const names = ['map', 'find', 'filter', 'findIndex', 'findLast', 'findLastIndex', 'forEach', 'reduce',
    'reduceRight', 'every', 'some', 'flatMap'];
  const slice = Array.prototype.slice;
  for (const name of names) {
    const whole = Array.prototype[name];
    Array.prototype[name] = function (...given) {
      return whole.apply(slice.call(this, 0, MOST), given);
    };
  }
  const values = Array.prototype[Symbol.iterator];
  Array.prototype[Symbol.iterator] = function () {
    return values.call(slice.call(this, 0, MOST));
  };
`;
