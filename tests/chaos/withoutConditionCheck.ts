import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Stack } from '#local/cloud/template/template.ts';
import { BUNDLES } from '#scripts/lambdas/bundles.js';
import { lambdaBundles } from '#scripts/lambdas/options.js';

const BUNDLE = 'liveSocket';
const WHOLE = 'const TransactItems = [notYet, { Update: turn(tableName, key, fromSeq) }];';
const BROKEN = 'const TransactItems = [{ Update: turn(tableName, key, fromSeq) }]; void notYet;';
const ANSWER = "return failed[1] ? 'GONE' : 'MORE';";

/** The stacks with a hand-off that doesn't look whether the next change is there already: proof that a loss would be seen. */
export async function withoutConditionCheck(
  stacks: readonly Stack[],
  folder: string,
): Promise<Stack[]> {
  const bundles = join(folder, 'broken');
  const {
    plugins = [],
    outdir: _outdir,
    outExtension: _outExtension,
    ...options
  } = lambdaBundles();
  await build({
    ...options,
    write: true,
    metafile: false,
    entryPoints: [BUNDLES[BUNDLE]?.entry ?? ''],
    outfile: join(bundles, BUNDLE, 'index.mjs'),
    // The stand-ins are for packages of other bundles, and miss them.
    plugins: [breaking, ...plugins.filter(({ name }) => name !== 'stand-ins')],
  });
  return stacks.map((stack) => ({
    ...stack,
    assetFolder(s3Key) {
      const whole = stack.assetFolder(s3Key);
      return basename(whole) === BUNDLE ? join(bundles, BUNDLE) : whole;
    },
  }));
}

const breaking: Plugin = {
  name: 'break-hand-off',
  setup({ onLoad }) {
    onLoad({ filter: /table\/live\/handOff\.ts$/ }, async ({ path }) => ({
      contents: breakHandOff(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

function breakHandOff(text: string): string {
  if (!text.includes(WHOLE) || !text.includes(ANSWER)) {
    throw new Error('Expected the hand-off to be written as it was when this proof was made.');
  }
  return text.replace(WHOLE, BROKEN).replace(ANSWER, "return 'GONE';");
}
