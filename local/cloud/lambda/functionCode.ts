import { basename } from 'node:path';
import type { FunctionDefinition, LambdaFunctions } from './functions.ts';

/** The code of functions, which is edited while they run. */
export interface FunctionCode {
  /**
   * Has functions run their code as it is now: those of the assets named, by the names of their folders, and all when
   * left out. Running invocations finish on the old. @returns the functions that can't start
   */
  replaceCode(assets?: readonly string[]): Promise<string[]>;
  /** Has an environment of every function ready, one after the other. @returns the functions that can't start */
  warm(): Promise<string[]>;
}

export function createFunctionCode(
  first: readonly FunctionDefinition[],
  { replace, warm }: Pick<LambdaFunctions, 'replace' | 'warm'>,
): FunctionCode {
  let definitions = first;
  return {
    async replaceCode(assets) {
      const isEdited = ({ folder }: FunctionDefinition): boolean =>
        assets?.includes(basename(folder)) ?? true;
      // A copy stands for other code.
      definitions = definitions.map((one) => (isEdited(one) ? { ...one } : one));
      await replace(definitions);
      const names = definitions.filter(isEdited).map(({ name }) => name);
      const started = await Promise.all(names.map((name) => warm(name)));
      return names.filter((_, index) => !started[index]);
    },
    async warm() {
      const broken: string[] = [];
      for (const { name } of definitions) if (!(await warm(name))) broken.push(name);
      return broken;
    },
  };
}
