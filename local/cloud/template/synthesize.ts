import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readAssembly } from './assembly.ts';
import type { Stack } from './template.ts';

export interface SynthesisOptions {
  /** The project's folder. */
  readonly root: string;
  /** Told before what takes a second or two. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** Where assemblies are kept, one folder each, named after what they were made from. */
const KEPT_IN = 'dist/cdk.out';
/**
 * What templates are made from, besides aws-cdk-lib. Not the bundles: a template names their contents
 * by a hash, but on a laptop that leads to the folder they are in, whatever it holds by now.
 */
const SOURCES = {
  folders: ['infra'],
  files: [
    'table/keys.ts',
    'table/tables.ts',
    'schema/generated/appsync.graphql',
    // Which resolvers there are, without their code.
    'dist/resolvers/wiring.json',
  ],
};
const NAME_LENGTH = 16;

/**
 * The stacks of the stage `dev` in the order they deploy. When nothing has changed since the last
 * time they are read as they were, and aws-cdk-lib, which takes longest at a start, isn't even loaded.
 */
export async function synthesizeOnce(options: SynthesisOptions): Promise<Stack[]> {
  const { root, onProgress = () => {} } = options;
  const name = nameAssembly(options);
  const folder = join(root, KEPT_IN, name);
  if (!existsSync(folder)) {
    onProgress('Synthesizing the templates …');
    mkdirSync(join(root, KEPT_IN), { recursive: true });
    await synthesize(folder);
    forgetOthers(join(root, KEPT_IN), name);
  }
  return readAssembly(folder);
}

function nameAssembly({ root }: SynthesisOptions): string {
  const { version } = createRequire(join(root, 'package.json'))('aws-cdk-lib/package.json');
  const hash = createHash('sha256').update(`${version}\0`);
  for (const file of [...SOURCES.folders.flatMap((one) => filesIn(root, one)), ...SOURCES.files]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, NAME_LENGTH);
}

function filesIn(root: string, folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort();
  return names.map((name) => join(folder, name)).filter((name) => name.endsWith('.ts'));
}

/** Where nobody sees half of it, and then at once in place. */
async function synthesize(folder: string): Promise<void> {
  // Tests validate the templates; here it would double the time.
  process.env.CDK_VALIDATION = 'false';
  const [{ makeApp }, { STAGES }] = await Promise.all([
    import('#infra/memopad.ts'),
    import('#infra/stages.ts'),
  ]);
  const outputFolder = `${folder}.${process.pid}`;
  makeApp({ stage: STAGES.dev, outputFolder, context: LEAVE_ASSETS }).synth();
  if (existsSync(folder)) rmSync(outputFolder, { recursive: true });
  else renameSync(outputFolder, folder);
}

/** Functions run from where they were bundled, so that an edit needs no new assembly. */
const LEAVE_ASSETS = { 'aws:cdk:disable-asset-staging': true };

function forgetOthers(folder: string, newest: string): void {
  for (const name of readdirSync(folder)) {
    // Another start may be making the same one right now.
    if (!name.startsWith(newest)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
