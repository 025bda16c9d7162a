import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { synthesizeOnce } from '#local/cloud/template/synthesize.ts';
import { ensureLambdas } from '#scripts/build-lambdas.js';
import { ensureResolvers } from '#scripts/build-resolvers.js';
import { BUNDLES } from '#scripts/lambdas/bundles.js';
import { useFolders } from '#tests/support/folder.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const SYNTHESIZED_WITHIN_MS = 60_000;
const makeFolder = useFolders();

/** A folder with the files that templates are made from. */
function copyProject(): string {
  const root = makeFolder();
  for (const name of [
    'infra',
    'table/keys.ts',
    'table/tables.ts',
    'schema/generated/appsync.graphql',
    'dist/resolvers/wiring.json',
    'package.json',
    'node_modules/aws-cdk-lib/package.json',
  ]) {
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  return root;
}

test(
  'templates are made once, and again when something they are made from was edited',
  async () => {
    await ensureLambdas();
    await ensureResolvers();
    const root = copyProject();
    const said: string[] = [];
    const read = () => synthesizeOnce({ root, onProgress: (text) => said.push(text) });
    const names = (await read()).map(({ name }) => name);
    expect(names).toEqual([
      'MemopadAuth-dev',
      'MemopadMemo-dev',
      'MemopadFederated-dev',
      'MemopadAppSync-dev',
      'MemopadLive-dev',
    ]);
    expect(said).toEqual(['Synthesizing the templates …']);
    expect((await read()).map(({ name }) => name)).toEqual(names);
    expect(said).toHaveLength(1);
    writeFileSync(join(root, 'infra/new.ts'), '// edited');
    await read();
    expect(said).toHaveLength(2);
    expect(readdirSync(join(root, 'dist/cdk.out'))).toHaveLength(1);
  },
  SYNTHESIZED_WITHIN_MS,
);

test(
  "a function's asset is the folder it was bundled into",
  async () => {
    await ensureLambdas();
    await ensureResolvers();
    const stacks = await synthesizeOnce({ root: ROOT });
    const folders = stacks.flatMap((stack) =>
      Object.values(stack.template.Resources)
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .map(({ Properties }) => stack.assetFolder(String(Object(Properties?.Code).S3Key))),
    );
    const bundles = Object.keys(BUNDLES).sort();
    expect(folders.sort()).toEqual(bundles.map((name) => join(ROOT, 'dist/lambda', name)));
  },
  SYNTHESIZED_WITHIN_MS,
);
