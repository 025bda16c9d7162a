import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import {
  createFunctions,
  type FunctionDefinition,
  type FunctionsOptions,
  type LambdaFunctions,
} from '#local/cloud/lambda/functions.ts';
import { useFolders } from '#tests/support/folder.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:ap-northeast-2:000000000000:function:greeter';

export interface Lab {
  readonly functions: LambdaFunctions;
  readonly definition: FunctionDefinition;
  /** Every line a function wrote. */
  readonly lines: string[];
  /** What the runner itself logged. */
  readonly entries: unknown[];
  /** The same function with other code. */
  rewrite(code: string, changes?: Partial<FunctionDefinition>): FunctionDefinition;
}

/** Makes functions of source texts and ends them after each test of the file. */
export function useFunctions() {
  const makeFolder = useFolders();
  const running: LambdaFunctions[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((functions) => functions.stop()));
  });
  const define = (code: string, changes: Partial<FunctionDefinition> = {}): FunctionDefinition => {
    const folder = join(makeFolder(), 'asset');
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.mjs'), code);
    return {
      logicalId: 'Greeter',
      name: 'greeter',
      arn: FUNCTION_ARN,
      folder,
      handler: 'index.handler',
      environment: {},
      memoryMb: 128,
      timeoutSeconds: 10,
      ...changes,
    };
  };
  return (
    code: string,
    changes: Partial<FunctionDefinition> = {},
    options: Partial<FunctionsOptions> = {},
  ): Lab => {
    const lines: string[] = [];
    const entries: unknown[] = [];
    const definition = define(code, changes);
    const functions = createFunctions([definition], {
      log: (entry) => entries.push(entry),
      onLog: (_name, line) => lines.push(line),
      ...options,
    });
    running.push(functions);
    return { functions, definition, lines, entries, rewrite: define };
  };
}
