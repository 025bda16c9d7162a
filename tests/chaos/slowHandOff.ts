import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Stack } from '#local/cloud/template/template.ts';
import { BUNDLES } from '#scripts/lambdas/bundles.js';
import { lambdaBundles } from '#scripts/lambdas/options.js';

const BUNDLE = 'liveSocket';
const CHECKED = 'const TransactItems = [notYet, { Update: turn(tableName, key, fromSeq) }];';
const UNCHECKED = 'const TransactItems = [{ Update: turn(tableName, key, fromSeq) }]; void notYet;';
const ANSWER = "return failed[1] ? 'GONE' : 'MORE';";
/** As long as a change takes to come through the stream: nobody has to wait for luck. */
const SLOW = 'await new Promise((resolve) => setTimeout(resolve, 250));';

/** CHECKED is slow and right. UNCHECKED doesn't look whether the next change is there already, and must be found out. */
export type HandOff = 'CHECKED' | 'UNCHECKED';

/** The stacks with a hand-off that takes its time. */
export async function withSlowHandOff(
  stacks: readonly Stack[],
  folder: string,
  handOff: HandOff,
): Promise<Stack[]> {
  const bundles = join(folder, 'slow');
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
    plugins: [rewriting(handOff), ...plugins.filter(({ name }) => name !== 'stand-ins')],
  });
  return stacks.map((stack) => ({
    ...stack,
    assetFolder(s3Key) {
      const whole = stack.assetFolder(s3Key);
      return basename(whole) === BUNDLE ? join(bundles, BUNDLE) : whole;
    },
  }));
}

const rewriting = (handOff: HandOff): Plugin => ({
  name: 'rewrite-hand-off',
  setup({ onLoad }) {
    onLoad({ filter: /table\/live\/handOff\.ts$/ }, async ({ path }) => ({
      contents: rewrite(await readFile(path, 'utf8'), handOff),
      loader: 'ts',
    }));
  },
});

function rewrite(text: string, handOff: HandOff): string {
  if (!text.includes(CHECKED) || !text.includes(ANSWER)) {
    throw new Error('Expected the hand-off to be written as it was when this proof was made.');
  }
  if (handOff === 'CHECKED') return text.replace(CHECKED, `${SLOW} ${CHECKED}`);
  return text.replace(CHECKED, `${SLOW} ${UNCHECKED}`).replace(ANSWER, "return 'GONE';");
}
